import { type ApplicationState, applicationMoves, mayMove } from './states.js';

/** Why somebody may not sit. `other` needs words; with the rest they are welcome. */
export const refusalCodes = {
  'condition-not-met': '不符合所承诺的申报条件',
  'hours-missing': '没有培训学时证明',
  'identity-differs': '身份信息不一致',
  'documents-missing': '要求的材料未提供',
  'dishonest-record': '在失信记录期内',
  other: '其他',
} as const;

/** What is decided about one application, and where that application stands. */
export interface QualifyingFacts {
  readonly qualified: boolean;
  readonly code: string | null;
  readonly reason: string | null;
  /** Undefined: no such application in this session. */
  readonly state: ApplicationState | undefined;
  readonly repeated: boolean;
  /** The applicant is on the 失信 list today. */
  readonly barred: boolean;
}

export type QualifyingRule =
  'application-unknown' | 'repeated' | 'already-decided' | 'reason-missing' | 'dishonest-record';

/** Why a decision cannot stand, if it cannot. */
export function faultOfDecision(facts: QualifyingFacts): QualifyingRule | undefined {
  const { qualified, state } = facts;
  if (state === undefined) return 'application-unknown';
  if (facts.repeated) return 'repeated';
  if (!mayMove(applicationMoves, state, 'refused')) return 'already-decided';
  if (qualified) return facts.barred ? 'dishonest-record' : undefined;
  const explained = facts.reason !== null || (facts.code !== null && facts.code !== 'other');
  return explained ? undefined : 'reason-missing';
}

/** 准考证号: the session's serial and the candidate's number in it. */
export const admissionNumber = (serial: string, nth: number) => `${serial}-${String(nth).padStart(3, '0')}`;

/** 考核批次: gapless in each year. */
export const sessionSerial = (year: number, nth: number) => `KH${year}-${String(nth).padStart(4, '0')}`;
