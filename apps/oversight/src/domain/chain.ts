/** How far a person may have come, in order; the words are the programme's. */
export const stepNames = {
  filed: '入班',
  completed: '结业',
  entered: '资格确认',
  passed: '考核合格',
  failed: '考核不合格',
  absent: '缺考',
  violation: '违纪',
  confirmed: '省厅确认',
  returned: '退回',
  issued: '颁发',
  revoked: '撤销',
} as const;

export type Step = keyof typeof stepNames;
export const steps = Object.keys(stepNames) as Step[];

export type Counts = Readonly<Record<Step, number>>;

/** Who stands between two steps: with these, every number of the chain is accounted for. */
export const between = (counts: Counts) => ({
  inTraining: counts.filed - counts.completed,
  notEntered: counts.completed - counts.entered,
  awaitingResult: counts.entered - counts.passed - counts.failed - counts.absent - counts.violation,
  awaitingConfirmation: counts.passed - counts.confirmed,
  awaitingIssue: counts.confirmed - counts.issued,
});
