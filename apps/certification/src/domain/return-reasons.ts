/** Why a row can be returned 退回: stable codes, with the words a person reads. Our own list, until the office gives one. */
export const returnReasons = {
  'identity-doubtful': '身份信息存疑，需核对证件',
  'hours-missing': '培训学时不足或缺少证明',
  'condition-not-met': '不符合申报条件',
  'result-doubtful': '考核成绩存疑',
  'document-missing': '申报材料不齐',
  'data-inconsistent': '数据前后不一致',
} as const satisfies Record<string, string>;

export const isReturnReason = (code: string) => Object.hasOwn(returnReasons, code);

/** Why a certificate can be revoked 撤销. */
export const revocationReasons = {
  'false-commitment': '告知承诺不实',
  'obtained-by-fraud': '以欺骗、贿赂等不正当手段取得',
  'result-void': '考核成绩被认定无效',
  'issued-in-error': '误发',
  'unlawful-issue': '违反规定颁发',
} as const satisfies Record<string, string>;

export const revocationReasonCodes = Object.keys(revocationReasons);

/** Why a certificate can be suspended 暂停. */
export const suspensionReasons = {
  'under-investigation': '核查期间',
  'commitment-doubtful': '告知承诺存疑，待核实',
  'identity-doubtful': '身份信息存疑，待核实',
  'result-doubtful': '考核成绩存疑，待核实',
} as const satisfies Record<string, string>;
export const suspensionReasonCodes = Object.keys(suspensionReasons);

/** Why a suspended certificate can be reinstated 恢复. */
export const reinstatementReasons = {
  'doubt-removed': '核查未发现问题',
  'suspended-in-error': '误暂停',
  remedied: '问题已纠正',
} as const satisfies Record<string, string>;
export const reinstatementReasonCodes = Object.keys(reinstatementReasons);

/** Why a certificate can give way to another one 换发. */
export const replacementReasons = {
  lost: '遗失',
  damaged: '损毁',
  'number-wrong': '编号有误',
  'print-wrong': '印制有误',
} as const satisfies Record<string, string>;
export const replacementReasonCodes = Object.keys(replacementReasons);
