/** What is decided about one application, and where that application stands. */
export interface QualifyingFacts {
  readonly qualified: boolean;
  readonly reason: string | null;
  /** Undefined: no such application in this session. */
  readonly state: string | undefined;
  readonly repeated: boolean;
}

export type QualifyingRule = 'application-unknown' | 'repeated' | 'already-decided' | 'reason-missing';

/** Why a decision cannot stand, if it cannot. */
export function faultOfDecision(facts: QualifyingFacts): QualifyingRule | undefined {
  if (facts.state === undefined) return 'application-unknown';
  if (facts.repeated) return 'repeated';
  if (facts.state !== 'submitted') return 'already-decided';
  return !facts.qualified && facts.reason === null ? 'reason-missing' : undefined;
}

/** 准考证号: the session's serial and the candidate's number in it. */
export const admissionNumber = (serial: string, nth: number) => `${serial}-${String(nth).padStart(3, '0')}`;

/** 考核批次: gapless in each year. */
export const sessionSerial = (year: number, nth: number) => `KH${year}-${String(nth).padStart(4, '0')}`;
