export const outcomes = ['valid', 'corrected', 'suspended', 'revoked', 'replaced', 'not-found'] as const;
export type Outcome = (typeof outcomes)[number];

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  valid: '有效',
  corrected: '已更正',
  suspended: '已暂停',
  revoked: '已撤销',
  replaced: '已换发',
  'not-found': '查无此证',
};

/** All that the outcome depends on. */
export interface Standing {
  readonly version: number;
  readonly correctedOn: string | null;
  readonly suspendedOn: string | null;
  readonly reinstatedOn: string | null;
  readonly replacedOn: string | null;
  readonly replacedBy: string | null;
  readonly revokedOn: string | null;
}

/** What a certificate counts for. The gravest word wins: a corrected certificate that was revoked is revoked. */
export function outcomeOf({ version, suspendedOn, revokedOn, replacedOn }: Standing): Exclude<Outcome, 'not-found'> {
  // Whoever holds it needs to know above all that there is another one.
  if (replacedOn) return 'replaced';
  if (revokedOn) return 'revoked';
  if (suspendedOn) return 'suspended';
  return version > 1 ? 'corrected' : 'valid';
}

/** The outcome in one sentence. It never tells why a certificate was revoked. */
export function sentenceOf(standing: Standing): string {
  const { version, correctedOn, suspendedOn, reinstatedOn, revokedOn, replacedOn, replacedBy } = standing;
  switch (outcomeOf(standing)) {
    case 'replaced':
      return `该证书已于 ${replacedOn} 换发，本证书不再有效；请以换发的新证书（登记号 ${replacedBy}）为准。`;
    case 'revoked':
      return `该证书已于 ${revokedOn} 撤销，自该日起不再有效。`;
    case 'suspended':
      return `该证书自 ${suspendedOn} 起暂停使用，请向颁发机构了解情况。`;
    case 'corrected':
      return `该证书已于 ${correctedOn} 更正，以下为现行第 ${version} 版；更正前的版本不再使用。${restored(reinstatedOn)}`;
    case 'valid':
      return `该证书有效，登记信息如下。${restored(reinstatedOn)}`;
  }
}

const restored = (on: string | null) => (on ? `该证书曾暂停，已于 ${on} 恢复。` : '');

/** One answer for an unknown number, a wrong code and a wrong name: a stranger learns nothing from it. */
export const notFound = {
  sentence: '没有查到与所填内容一致的证书。',
  likelyCauses: [
    '登记号、校验码或姓名与证书上印制的不一致：请对照证书重新输入。',
    '证书刚刚颁发或仍在审核，登记信息尚未公开：请在次日再查。',
    '该证书不是在本系统登记的专业技术等级证书，或者是伪造的。',
  ],
  advice: '反复核对后仍查不到的，请联系证书上的颁发机构，或向省人力资源社会保障厅反映。',
} as const;
