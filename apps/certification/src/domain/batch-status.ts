/** Where a batch stands: whoever looks is told what it waits for, and until when. */
export interface BatchStatus {
  readonly state: BatchState;
  readonly title: string;
  readonly waitsFor: string | null;
  readonly dueOn: string | null;
}

export const batchStates = [
  'receiving',
  'to-propose',
  'to-confirm',
  'to-send',
  'national-review',
  'national-return',
  'to-issue',
  'department-return',
  'finished',
] as const;
export type BatchState = (typeof batchStates)[number];

const words: Readonly<Record<BatchState, { readonly title: string; readonly waitsFor: string | null }>> = {
  receiving: { title: '数据接收中', waitsFor: null },
  'to-propose': { title: '待省厅经办人提出意见', waitsFor: 'department-officer' },
  'to-confirm': { title: '待省厅审批人决定', waitsFor: 'department-approver' },
  'to-send': { title: '已确认，待上报国家办公室', waitsFor: 'department-officer' },
  'national-review': { title: '国家办公室审核中，文件未规定时限', waitsFor: 'national-office' },
  'national-return': { title: '国家退回，待评价机构重新报送或登记放弃', waitsFor: 'evaluation-preparer' },
  'to-issue': { title: '审核通过，待评价机构颁发', waitsFor: 'evaluation-approver' },
  'department-return': { title: '省厅退回，待评价机构重新报送或登记放弃', waitsFor: 'evaluation-preparer' },
  finished: { title: '已办结', waitsFor: null },
};

/** The step that waits longest decides; only 确认 and 颁发 have a statutory day. */
export function statusOf(state: BatchState, due: { confirmation: string | null; issue: string | null }): BatchStatus {
  const deciding = state === 'to-propose' || state === 'to-confirm';
  const dueOn = deciding ? due.confirmation : state === 'to-issue' ? due.issue : null;
  return { state, ...words[state], dueOn };
}
