/** What can stand against changing a rule or an occupation. */
export const ruleReasons = {
  'rule-withdrawn': { title: '该规则已撤销', advice: '请查看撤销的日期和理由；如需恢复，请以新的起始日期登记' },
  'replacement-order': { title: '新规则的起始日期不晚于原规则', advice: '请填写晚于原规则起始日期的日期' },
  'withdrawal-backdated': { title: '撤销日期早于今日', advice: '请填写今日或以后的日期；已按该规则办理的事项不变' },
  'rule-over': { title: '该规则在撤销日期前已失效', advice: '请核对规则的截止日期' },
  'rule-needs-second-person': {
    title: '省厅设定规则须经第二人确认',
    advice: '请登记为草稿，由另一位有同样权限的人员确认',
  },
  'draft-decided': { title: '该草稿已经处理', advice: '请查看处理结果；如需修改，请另行登记草稿' },
  'same-person': { title: '登记人不能自己确认', advice: '请由另一位有同样权限的人员确认' },
  'occupation-recorded': { title: '该职业编码已登记', advice: '请查看已登记的职业；如有变化，请变更该职业' },
  'occupation-name-taken': { title: '已有同名的职业', advice: '请查看已登记的职业' },
  'occupation-code-taken': { title: '该编码已用于另一职业', advice: '请核对现行编码和旧编码' },
  'occupation-code-unverified': {
    title: '未经核实的编码不能登记',
    advice: '可信度为 R 或 G 时请把编码留空；请先核实原文，再按 T 或 T2 登记',
  },
} as const;
