/** What can be put right about a returned row without another result. Wrong marks are voided and recorded anew. */
export const corrections = {
  identity: '身份信息已更正',
  photo: '照片已更换',
  condition: '申报条件材料已补正',
  training: '培训学时证明已补正',
  'certificate-number': '证书编号已更正',
  other: '其他更正',
} as const;

/** What is answered about one returned row, and where that row stands. */
export interface ReturnFacts {
  readonly action: 'corrected' | 'given-up';
  readonly correction: string | null;
  readonly note: string | null;
  /** Undefined: the session has no returned row of this result, or it lies with the department again. */
  readonly state: string | undefined;
  readonly repeated: boolean;
}

export type ReturnRule = 'not-returned' | 'repeated' | 'result-void' | 'correction-missing' | 'reason-missing';

/** Why an answer cannot stand, if it cannot. */
export function faultOfAnswer({ action, correction, note, state, repeated }: ReturnFacts): ReturnRule | undefined {
  if (state === undefined) return 'not-returned';
  if (repeated) return 'repeated';
  if (state === 'void') return 'result-void';
  if (action === 'corrected') return correction === null ? 'correction-missing' : undefined;
  return note === null ? 'reason-missing' : undefined;
}
