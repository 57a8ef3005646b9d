import { isSameSubject, type Subject } from './subject.js';

/** What is known about one learner who is to be invited. */
export interface InvitingFacts {
  readonly session: Subject;
  /** The class the hours come from; undefined where the institution has nothing to do with the learner. */
  readonly completion: Subject | undefined;
  readonly state: string;
  readonly invited: boolean;
}

export type InvitingRule = 'person-unknown' | 'subject-differs' | 'already-applied' | 'already-invited';

/** Why somebody cannot be invited, if so. Whoever applied or passed for this subject needs no invitation. */
export function faultOfInvitation({ session, completion, state, invited }: InvitingFacts): InvitingRule | undefined {
  if (!completion) return 'person-unknown';
  if (!isSameSubject(completion, session)) return 'subject-differs';
  if (['applied', 'qualified', 'passed'].includes(state)) return 'already-applied';
  return invited ? 'already-invited' : undefined;
}
