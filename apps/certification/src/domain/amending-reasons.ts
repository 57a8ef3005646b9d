/** What requests to amend a certificate, and decisions about them, are refused with. */
export const amendingReasons = {
  'certificate-revoked': { title: '证书已撤销', advice: '已撤销的证书不能再更正、暂停、撤销、换发或印制' },
  'certificate-suspended': { title: '证书已暂停', advice: '请先恢复，或申请撤销' },
  'certificate-not-suspended': { title: '证书没有暂停', advice: '只有暂停的证书可以恢复' },
  'amendment-open': { title: '该证书已有待批准的申请', advice: '请待其批准、驳回或撤回后再申请' },
  'review-in-past': { title: '复核日期须晚于今天', advice: '请填写今天之后的日期' },
  'correction-changes-nothing': { title: '更正内容与证书现有内容相同', advice: '请核对更正内容' },
  'correction-field-fixed': {
    title: '这类更正不能改动所填的项目',
    advice: '录入错误和身份更正只改姓名；其他项目请走成绩更正',
  },
  'result-needs-replacement': {
    title: '成绩类更正不能直接改证书',
    advice: '请由评价机构形成新成绩并重新报送，再撤销原证书；内容不变只换号的走换发',
  },
  'evidence-missing': { title: '身份更正须有佐证材料', advice: '请提供佐证材料的 SHA-256' },
  'amendment-decided': { title: '该申请已经办结', advice: '请刷新后查看' },
  'not-requester': { title: '只有申请人可以撤回', advice: '请由申请人撤回，或由批准人驳回' },
} as const satisfies Record<string, { title: string; advice: string; source?: string }>;
