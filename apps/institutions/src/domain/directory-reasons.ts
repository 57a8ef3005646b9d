/** What can stand against a list of the ministry, or against changing an entry of it. */
export const directoryReasons = {
  'entry-not-suspended': { title: '该目录条目没有暂停', advice: '请核对所选的条目' },
  'resumption-ahead': {
    title: '暂停期间的恢复不能提前登记',
    advice: '请在恢复当日登记；尚未开始的暂停可自其起始日起撤回',
  },
  'resumption-outside-entry': {
    title: '恢复日期晚于目录条目的有效期',
    advice: '请核对日期；有效期已延续的，请先延续条目',
  },
  'entry-dates-unchanged': { title: '截止日期没有变化', advice: '请填写新的截止日期' },
  'entry-end-backdated': {
    title: '截止日期早于今日',
    advice: '请填写今日或以后的日期；文件规定追溯的，请写明规定追溯的文件和条款',
  },
  'entry-ends-before-suspension': {
    title: '截止日期早于该条目的暂停日期',
    advice: '请先恢复该条目，或填写暂停当日或以后的日期',
  },
  'directory-rows-wrong': {
    title: '目录中有不能录入的行',
    advice: '请按所列的行和列逐项修改后重新上传，全部通过才会录入',
  },
  'organisation-unknown': { title: '没有登记此机构', advice: '请先登记机构，或核对机构名称和统一社会信用代码' },
  'organisation-name-differs': {
    title: '机构名称与该统一社会信用代码登记的名称不一致',
    advice: '请核对代码；机构已更名的，请先变更登记',
  },
  'directory-role-unknown': { title: '目录类别应为培训机构或评价机构', advice: '请从下拉列表中选择' },
  'occupation-name-differs': { title: '职业名称与职业编码不一致', advice: '请核对职业编码和名称' },
  'day-malformed': { title: '日期不正确', advice: '请按 2026-01-01 的格式填写真实存在的日期' },
  'directory-row-repeated': { title: '同一文件中重复列出', advice: '请删去重复的行，或调整有效期' },
  'directory-batch-differs': {
    title: '同一文件已按另一批次登记',
    advice: '请核对批次、出处和公布日期；确需修改的，请先核对已登记的批次',
  },
} as const;
