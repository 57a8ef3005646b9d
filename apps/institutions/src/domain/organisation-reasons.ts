/** What can stand against changing an organisation. */
export const organisationReasons = {
  'organisation-name-taken': {
    title: '同类机构中已有此名称',
    advice: '请先查询已登记的机构；确为另一机构时，请填写能够区分的全称',
  },
  'organisation-is-ended': { title: '该机构已终止', advice: '终止后不能再变更或恢复；如为另一机构，请另行登记' },
  'organisation-is-office': {
    title: '人力资源社会保障部门和系统运行单位不能暂停或终止',
    advice: '请核对所选的机构',
  },
  'organisation-suspended-already': { title: '该机构已暂停', advice: '请查看已登记的暂停日期和依据' },
  'organisation-not-suspended': { title: '该机构没有暂停', advice: '请核对机构的状态' },
  'suspension-backdated': {
    title: '暂停或终止的起始日早于今日',
    advice: '请从今日或以后的日期起；文件规定追溯的，请写明规定追溯的文件和条款',
  },
  'resumption-before-suspension': { title: '恢复日期早于暂停日期', advice: '请填写暂停当日或以后的日期' },
} as const;
