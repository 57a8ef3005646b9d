import { broken, type Rules } from '@shuzheng/platform/rules';
import { type ClockMove, mayMove, stateOf } from './clock-states.js';

/** What a clock is when somebody wants to change it. */
export interface ClockFacts {
  readonly day0: string;
  readonly effectiveDue: string;
  readonly pausedOn: string | null;
  readonly stoppedOn: string | null;
  /** A request for it awaits its decision. */
  readonly waiting: boolean;
  readonly today: string;
}

export interface PauseFacts extends ClockFacts {
  readonly from: string;
}

export interface ExtensionFacts extends ClockFacts {
  readonly dueOn: string;
  readonly isWorkday: boolean;
}

export interface DecisionFacts extends ClockFacts {
  readonly kind: string;
  readonly state: string;
  readonly requestedBy: string;
  readonly decidedBy: string | undefined;
}

export interface ResumeFacts extends ClockFacts {
  readonly from: string | null;
  readonly state: string;
  readonly resumedOn: string | null;
  readonly on: string;
}

const stopped = ({ stoppedOn }: ClockFacts) => stoppedOn !== null;
const cannot = (move: ClockMove, facts: ClockFacts) => !mayMove(move, stateOf(facts)) && !stopped(facts);

const toRequest = {
  'clock-stopped': stopped,
  'setting-waiting': ({ waiting }: ClockFacts) => waiting,
};

const pauseRules = {
  ...toRequest,
  'clock-paused': (facts) => cannot('pause', facts),
  'pause-before-start': ({ from, day0 }) => from < day0,
  'pause-in-future': ({ from, today }) => from > today,
  // A pause does not heal a clock that had run out before it.
  'pause-after-due': ({ from, effectiveDue }) => from > effectiveDue,
} satisfies Rules<PauseFacts>;

const extensionRules = {
  ...toRequest,
  'clock-paused': (facts) => cannot('extend', facts),
  'extension-not-later': ({ dueOn, effectiveDue }) => dueOn <= effectiveDue,
  'extension-on-day-off': ({ isWorkday }) => !isWorkday,
} satisfies Rules<ExtensionFacts>;

const approvalRules = {
  'same-person': ({ requestedBy, decidedBy }) => requestedBy === decidedBy,
  'setting-decided': ({ state }) => state !== 'requested',
  'clock-stopped': stopped,
  'clock-paused': (facts) => cannot(facts.kind === 'pause' ? 'pause' : 'extend', facts),
} satisfies Rules<DecisionFacts>;

const refusalRules = {
  'same-person': approvalRules['same-person'],
  'setting-decided': approvalRules['setting-decided'],
} satisfies Rules<DecisionFacts>;

const resumeRules = {
  'not-paused': (facts) => facts.state !== 'approved' || facts.from === null || facts.resumedOn !== null,
  'clock-stopped': stopped,
  'resume-before-pause': ({ from, on }) => from !== null && on < from,
  'resume-in-future': ({ on, today }) => on > today,
} satisfies Rules<ResumeFacts>;

export const reasonsNotToPause = (facts: PauseFacts) => broken(pauseRules, facts);
export const reasonsNotToExtend = (facts: ExtensionFacts) => broken(extensionRules, facts);
export const reasonsNotToApprove = (facts: DecisionFacts) => broken(approvalRules, facts);
export const reasonsNotToRefuse = (facts: DecisionFacts) => broken(refusalRules, facts);
export const reasonsNotToResume = (facts: ResumeFacts) => broken(resumeRules, facts);
