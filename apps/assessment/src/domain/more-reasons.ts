/** What can be said against rechecks, objections, patrols and their evidence. */
export const moreReasons = {
  'same-recorder': { title: '不得由登记人本人复核', advice: '请由另一人复核' },
  'scores-wrong': { title: '复核的成绩无法登记', advice: '请按 rows 修改后重新提交' },
  'objection-open': { title: '该成绩的异议正在处理', advice: '请等待处理结果' },
  'objection-late': { title: '已超过提出异议的期限', advice: '期限由省厅设定；如仍有疑问，请联系评价机构' },
  'objection-decided': { title: '该异议已作出处理', advice: '请在异议列表中查看' },
  'patrol-in-future': { title: '巡考日期晚于今天', advice: '请在巡考之后登记' },
  'patrol-outside-exam': { title: '巡考日期不在考核日期之内', advice: '请核对批次和日期' },
  'findings-contradict': { title: '既选“未发现问题”又选了问题', advice: '请只保留其一' },
} as const;
