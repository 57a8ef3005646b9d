/** What can stand against a city's own directory, an exam site, or a teacher or examiner on the list. */
export const localReasons = {
  'city-entry-name-missing': { title: '没有填写机构或项目', advice: '请选择已登记的机构，或填写机构、项目的名称' },
  'city-entry-role': {
    title: '市级目录只列培训机构',
    advice: '请核对所选的机构',
    source: '鲁人社字〔2022〕156号 五（三）',
  },
  'city-entry-overlaps': {
    title: '本市目录在此期间已列入',
    advice: '请核对有效期；如为延续，请从原条目到期的次日开始',
  },
  'already-ended': { title: '已经终止', advice: '请查看已登记的日期和依据；如重新开始，请另行登记' },
  'end-backdated': { title: '最后一日早于今日', advice: '请填写今日或以后的日期' },
  'end-after-end': { title: '最后一日晚于已登记的截止日期', advice: '请核对日期' },
  'site-name-taken': { title: '本单位已有同名的考点', advice: '请核对已登记的考点，或换一个能够区分的名称' },
  'staff-name': { title: '姓名不正确', advice: '请按身份证件填写姓名' },
  'qualification-repeated': { title: '同一职业和等级的资格重复', advice: '请合并为一条' },
} as const;
