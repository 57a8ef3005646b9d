import { broken, type Rules } from '@shuzheng/platform/rules';
import type { SessionState } from './states.js';
import { firstPaperOn, lastPaperOn, type Papers } from './subject.js';

/** What recording any result of a session depends on. */
export interface RecordingFacts {
  readonly session: Papers & { readonly state: SessionState };
  readonly today: string;
  readonly passMarksKnown: boolean;
  /** What the directory lacks for the institution on the exam days. */
  readonly coverFaults: readonly string[];
  /** Candidates for whom a result may still be recorded: after the report, those whose result was voided. */
  readonly openCandidates: number;
}

const rules = {
  'exam-in-future': ({ session, today }) => session.state !== 'cancelled' && today < lastPaperOn(session),
  'session-not-sat': ({ session, today }) =>
    (session.state === 'open' || session.state === 'planned') && today >= lastPaperOn(session),
  'session-cancelled': ({ session }) => session.state === 'cancelled',
  'already-reported': ({ session, openCandidates }) => session.state === 'reported' && openCandidates === 0,
  'pass-marks-unverified': ({ passMarksKnown }) => !passMarksKnown,
} satisfies Rules<RecordingFacts>;

/** The rules that recording results of the session would break. */
export const reasonsNotToRecord = (facts: RecordingFacts) => [...broken(rules, facts), ...facts.coverFaults];

/** Whom a result is for, as far as it matters for recording it. */
export interface CandidateFacts {
  readonly state: string;
  /** Why the hours of the class count no more, if so: the trainee left it, or lost the certificate of it. */
  readonly left: 'enrolment-withdrawn' | 'training-certificate-revoked' | null;
  readonly nameIndex: string;
  /** The day the training began: as it was, or as it was planned. */
  readonly beganOn: string | null;
  /** The state of the result that stands, if one does. */
  readonly standing: string | null;
}

/** May a result be recorded for this candidate, as far as the candidate is concerned? */
export const isOpen = ({ state, standing }: CandidateFacts) => state === 'qualified' && standing !== 'released';

export interface RowFacts {
  readonly candidate: CandidateFacts | undefined;
  readonly repeated: boolean;
  /** The blind index of the name beside the number, where a name was given. */
  readonly nameIndex: string | undefined;
  readonly papers: Papers;
}

export type RowRule =
  | 'candidate-unknown'
  | 'repeated'
  | 'withdrawn'
  | 'enrolment-withdrawn'
  | 'training-certificate-revoked'
  | 'candidate-name-differs'
  | 'before-training'
  | 'already-released';

/** Why no result can be recorded for this candidate, if so: the first reason, since the others may follow from it. */
export function faultOfCandidate({ candidate, repeated, nameIndex, papers }: RowFacts): RowRule | undefined {
  if (!candidate) return 'candidate-unknown';
  if (repeated) return 'repeated';
  if (candidate.left !== null) return candidate.left;
  if (candidate.state === 'withdrawn') return 'withdrawn';
  if (nameIndex !== undefined && nameIndex !== candidate.nameIndex) return 'candidate-name-differs';
  if (candidate.beganOn !== null && firstPaperOn(papers) < candidate.beganOn) return 'before-training';
  return candidate.standing === 'released' ? 'already-released' : undefined;
}
