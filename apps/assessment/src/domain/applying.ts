import { broken, type Rules } from '@shuzheng/platform/rules';
import { firstPaperOn, isSameSubject, type Papers, type Subject } from './subject.js';

/** One of the conditions a standard lists: an applicant claims one of them by its number. */
export interface Condition {
  readonly number: number;
  readonly text: string;
}

/** All that an application depends on. */
export interface ApplyingFacts {
  readonly inPerson: boolean;
  readonly accepted: boolean;
  readonly session: Subject & Papers & { readonly state: string; readonly seats: number; readonly taken: number };
  readonly commitment: { readonly version: string; readonly sha256: string };
  readonly shown: { readonly version: string; readonly sha256: string };
  /** The class whose hours the applicant has finished; passing its completion exam is not asked for. */
  readonly completion: Subject | undefined;
  /** Undefined while nobody has entered them: 待核实. */
  readonly conditions: readonly Condition[] | undefined;
  readonly condition: number;
  /** Why the hours of that class count no more, if so. */
  readonly left: 'enrolment-withdrawn' | 'training-certificate-revoked' | null;
  readonly alreadyApplied: boolean;
  /** On the 失信 list today. */
  readonly barred: boolean;
  readonly today: string;
}

/** Applications are taken, and may be taken back, until the day of the first paper is over. */
export const isClosed = ({ session, today }: { session: Papers & { readonly state: string }; today: string }) =>
  session.state !== 'open' || today > firstPaperOn(session);

const rules = {
  'not-in-person': ({ inPerson }) => !inPerson,
  'commitment-not-accepted': ({ accepted }) => !accepted,
  'commitment-text-changed': ({ commitment, shown }) =>
    commitment.version !== shown.version || commitment.sha256 !== shown.sha256,
  'session-closed': isClosed,
  'session-full': ({ session }) => session.taken >= session.seats,
  'class-not-completed': ({ completion }) => completion === undefined,
  'enrolment-withdrawn': ({ left }) => left === 'enrolment-withdrawn',
  'training-certificate-revoked': ({ left }) => left === 'training-certificate-revoked',
  'subject-differs': ({ completion, session }) => completion !== undefined && !isSameSubject(completion, session),
  'conditions-unverified': ({ conditions }) => conditions === undefined,
  'condition-unknown': ({ conditions, condition }) =>
    conditions !== undefined && !conditions.some(({ number }) => number === condition),
  'already-applied': ({ alreadyApplied }) => alreadyApplied,
  'dishonest-record': ({ barred }) => barred,
} satisfies Rules<ApplyingFacts>;

/** The rules an application would break. */
export const reasonsNotToApply = (facts: ApplyingFacts) => broken(rules, facts);
