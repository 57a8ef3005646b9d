import { broken, type Rules } from '@shuzheng/platform/rules';
import { type ClassState, faultsOfMove } from './class-states.js';

/** Why somebody leaves a class, as the institution may say it. */
export const withdrawalReasons = [
  'own-wish',
  'illness',
  'moved',
  'entered-wrongly',
  'absent-too-long',
  'other',
] as const;

/** Why a class does not take place. */
export const cancellationReasons = [
  'too-few-learners',
  'teacher-or-site-missing',
  'plan-changed',
  'opened-wrongly',
  'other',
] as const;

/** A code alone tells enough, unless it is `other`. */
const saysNothing = (reason: string, text: string | undefined) => reason === 'other' && text === undefined;

export interface LeavingFacts {
  readonly reason: string;
  readonly text: string | undefined;
  readonly live: boolean;
}

const leavingRules = {
  'enrolment-not-live': ({ live }) => !live,
  'reason-text-missing': ({ reason, text }) => saysNothing(reason, text),
} satisfies Rules<LeavingFacts>;

/** The rules that this withdrawal would break. */
export const reasonsNotToWithdrawSeat = (facts: LeavingFacts) => broken(leavingRules, facts);

export const reasonsNotToCancel = (state: ClassState, reason: string, text: string | undefined): string[] => [
  ...faultsOfMove(state, 'cancel'),
  ...(saysNothing(reason, text) ? ['reason-text-missing'] : []),
];

export interface MovingFacts {
  readonly live: boolean;
  readonly sameClass: boolean;
  readonly sameSubject: boolean;
  readonly from: ClassState;
}

const movingRules = {
  'enrolment-not-live': ({ live, from }) => !live || faultsOfMove(from, 'withdraw').length > 0,
  'move-same-class': ({ sameClass }) => sameClass,
  'move-subject-differs': ({ sameSubject }) => !sameSubject,
} satisfies Rules<MovingFacts>;

/** The rules that moving to the other class would break, besides those of entering it. */
export const reasonsNotToMove = (facts: MovingFacts) => broken(movingRules, facts);
