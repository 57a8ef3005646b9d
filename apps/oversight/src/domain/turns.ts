/** Who may be waited for, and what they are called. */
export const waiters = {
  'training-preparer': '培训机构经办人',
  'training-approver': '培训机构审批人',
  'evaluation-preparer': '评价机构经办人',
  'evaluation-approver': '评价机构审批人',
  'department-officer': '省厅经办人',
  'department-approver': '省厅审批人',
  'reply-recorder': '省厅登记人（等待国家办公室审核）',
  'city-officer': '市局经办人',
  learner: '学员本人',
} as const;
export type Waiter = keyof typeof waiters;

/** What a class, a session or a plan is in, in words, and whose turn it is when no task says so. */
export const standings: Readonly<Record<string, { readonly title: string; readonly waitsFor: Waiter | null }>> = {
  'class:announced': { title: '已公告，待开班', waitsFor: 'training-preparer' },
  'class:running': { title: '培训中', waitsFor: 'training-preparer' },
  'class:completed': { title: '已结业，待报送', waitsFor: 'training-approver' },
  'class:reported': { title: '已报送', waitsFor: null },
  'class:cancelled': { title: '已取消', waitsFor: null },
  'session:open': { title: '接受申报', waitsFor: 'evaluation-preparer' },
  'session:sat': { title: '考核已结束，待发布成绩', waitsFor: 'evaluation-approver' },
  'session:released': { title: '成绩已发布，待报送', waitsFor: 'evaluation-approver' },
  'session:reported': { title: '已报送', waitsFor: null },
  'session:cancelled': { title: '已取消', waitsFor: null },
  'batch:received': { title: '没有待办事项', waitsFor: null },
  'training-plan:filed': { title: '已备案', waitsFor: null },
  'training-plan:withdrawn': { title: '已撤回', waitsFor: null },
  'exam-plan:drafted': { title: '待评价机构答复', waitsFor: 'evaluation-approver' },
  'exam-plan:refused': { title: '评价机构不同意', waitsFor: 'training-preparer' },
  'exam-plan:consented': { title: '评价机构已同意，待备案', waitsFor: 'training-approver' },
  'exam-plan:filed': { title: '已备案', waitsFor: null },
  'exam-plan:withdrawn': { title: '已撤回', waitsFor: null },
};

/** What waits: its words, whom for, and whether a statute or the office gives it a day. */
export const taskKinds = {
  'training-report': { title: '报送学员名单和培训情况', waitsFor: 'training-approver' },
  'result-report': { title: '报送证书数据和考核情况', waitsFor: 'evaluation-approver' },
  proposal: { title: '提出确认或退回证书数据的意见', waitsFor: 'department-officer' },
  confirmation: { title: '确认或退回证书数据', waitsFor: 'department-approver' },
  issue: { title: '颁发专业技术等级证书', waitsFor: 'evaluation-approver' },
  'department-receipt': { title: '出具备案回执（省厅）', waitsFor: 'department-officer' },
  'city-receipt': { title: '出具备案回执（市局）', waitsFor: 'city-officer' },
  'returned-filing': { title: '补正退回的备案', waitsFor: 'training-preparer' },
  'exam-plan-consent': { title: '答复考核计划', waitsFor: 'evaluation-approver' },
  'exam-plan-filing': { title: '备案已同意的考核计划', waitsFor: 'training-approver' },
  'exam-plan-refused': { title: '修改被拒绝的考核计划', waitsFor: 'training-preparer' },
  'returned-rows': { title: '补正退回的证书数据', waitsFor: 'evaluation-preparer' },
  package: { title: '上报国家办公室', waitsFor: 'department-officer' },
  reply: { title: '等待国家审核（文件未规定期限）', waitsFor: 'reply-recorder' },
  'clock-setting': { title: '批准或不批准时限的暂停、延长', waitsFor: 'department-approver' },
} as const satisfies Record<string, { title: string; waitsFor: Waiter }>;
export type TaskKind = keyof typeof taskKinds;

/** How far a person is, in words, and whose turn it is. */
export const personStates: Readonly<Record<string, { readonly title: string; readonly waitsFor: Waiter | null }>> = {
  'in-training': { title: '在训', waitsFor: 'training-preparer' },
  withdrawn: { title: '已退班', waitsFor: null },
  'not-entered': { title: '已结业，尚未取得考核资格', waitsFor: 'learner' },
  'has-entered': { title: '已结业，已参加考核', waitsFor: null },
  'awaiting-result': { title: '待发布成绩', waitsFor: 'evaluation-approver' },
  failed: { title: '考核不合格', waitsFor: null },
  absent: { title: '缺考', waitsFor: null },
  violation: { title: '违纪', waitsFor: null },
  voided: { title: '成绩已作废', waitsFor: null },
  unreported: { title: '合格，待报送', waitsFor: 'evaluation-approver' },
  'awaiting-confirmation': { title: '已报送，待省厅确认', waitsFor: 'department-approver' },
  returned: { title: '省厅退回，待补正', waitsFor: 'evaluation-preparer' },
  'nationally-returned': { title: '国家审核退回，待补正', waitsFor: 'evaluation-preparer' },
  'given-up': { title: '退回后不再报送', waitsFor: null },
  'awaiting-package': { title: '省厅已确认，待上报', waitsFor: 'department-officer' },
  'awaiting-reply': { title: '待国家审核（文件未规定期限）', waitsFor: 'reply-recorder' },
  'awaiting-issue': { title: '待颁发', waitsFor: 'evaluation-approver' },
  issued: { title: '已颁发', waitsFor: null },
  suspended: { title: '证书已暂停', waitsFor: null },
  revoked: { title: '证书已撤销', waitsFor: null },
};
