/** What signals, samples and attachments refuse with. */
export const signalReasons = {
  'signal-open': {
    title: '该行有未处理的疑点',
    advice: '请先核实疑点并填写处理理由，或退回该行',
  },
  'officer-attached': {
    title: '您与本批次的评价机构或培训机构存在关联',
    advice: '请由没有关联的人员办理',
  },
  'signal-unknown': { title: '没有这个疑点', advice: '请刷新后重新选择' },
  'signal-repeated': { title: '同一疑点出现了多次', advice: '请每个疑点只填写一次' },
  'signal-not-open': { title: '该疑点已处理或已不存在', advice: '请刷新后查看' },
  'signal-changed': { title: '该疑点的事实在您查看之后有变化', advice: '请刷新并按新的事实判断' },
  'setting-values': { title: '疑点规则的参数不符合要求', advice: '请按规则列出的参数和范围填写全部参数' },
  'setting-repeated': { title: '该规则在这一天已有设定', advice: '请选择另一个生效日期' },
  'setting-in-past': { title: '设定的生效日期早于今天', advice: '请填写今天或之后的日期' },
  'nothing-to-sample': { title: '没有可以抽查的行', advice: '尚未决定的行都已抽查，或批次没有尚未决定的行' },
  'row-not-sampled': { title: '该行不在此次抽查中', advice: '请刷新抽查名单' },
  'row-checked': { title: '该行已登记核查结果', advice: '核查结果只登记一次，请刷新后查看' },
} as const;
