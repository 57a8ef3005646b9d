/** What becomes of rows outside of confirmation, and what it is refused with. */
export const rowReasons = {
  'result-held': { title: '该成绩有未决的异议', advice: '请待评价机构处理异议后再确认，也可先退回' },
  'national-return-open': {
    title: '该批次有国家退回而未处理的行',
    advice: '请重新报送并决定，或登记放弃；此为省厅设定，文件未作规定',
  },
  'row-not-returned': { title: '该行没有被退回', advice: '只有省厅或国家退回的行可以登记放弃' },
  'row-given-up': { title: '该行已登记放弃', advice: '请刷新后查看' },
  'row-came-back': { title: '该行已重新报送', advice: '请在新的一行上办理' },
} as const satisfies Record<string, { title: string; advice: string; source?: string }>;

/** Why a returned row will not come back: stable codes, our own list. */
export const givingUpReasons = {
  'candidate-withdrew': '考生本人放弃',
  'condition-not-met': '核实后不符合申报条件',
  'result-invalid': '核实后成绩无效',
  'materials-unobtainable': '补正材料无法取得',
  'not-reported-again': '评价机构答复不再报送',
} as const satisfies Record<string, string>;
export const givingUpReasonCodes = Object.keys(givingUpReasons);
