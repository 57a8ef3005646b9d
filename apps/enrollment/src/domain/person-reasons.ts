/** What amending and merging persons can refuse with. */
export const personReasons = {
  'nothing-to-change': { title: '没有提出任何变更', advice: '请填写需要变更的内容' },
  'document-incomplete': { title: '证件类型和证件号码须同时填写', advice: '请同时填写新的证件类型和号码' },
  'amendment-open': { title: '该人员已有待审批的变更', advice: '请等待省厅处理后再提出' },
  'amendment-decided': { title: '变更申请已处理', advice: '请刷新后查看处理结果' },
  'number-of-another': {
    title: '新的证件号码已属于另一条人员记录',
    advice: '请核实是否为同一人；如是，请提出人员合并，并退回此申请',
  },
  'merge-exists': { title: '这两条人员记录已有合并提议', advice: '请在已有的提议上办理' },
  'merge-confirmed': { title: '合并提议已确认，待审批', advice: '请由另一位有审批权限的人员办理' },
  'merge-not-confirmed': { title: '合并提议尚未确认', advice: '请先由经办人员核对并确认' },
  'merge-decided': { title: '合并提议已处理', advice: '请刷新后查看' },
  'already-merged': { title: '其中一条人员记录已并入其他记录', advice: '请对保留的记录重新提出合并' },
  'merge-conflicts': {
    title: '两条人员记录同时在同一培训班',
    advice: '请培训机构先办理其中一条的退班，再合并',
  },
  'not-in-merge': { title: '保留的人员不是提议中的两人之一', advice: '请从提议的两条记录中选择保留哪一条' },
} as const;
