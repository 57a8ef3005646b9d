const notice = '鲁人社字〔2022〕156号';
const standard = '国家职业标准 评价方式';

/** What can be said against results, their release and their report. */
export const resultReasons = {
  'session-not-sat': { title: '该批次的考核尚未办理结束', advice: '请先办理考核结束' },
  'pass-marks-unverified': { title: '该职业、等级的合格标准待核实', advice: '请等待主管部门录入合格标准后再登记成绩' },
  'result-rows-wrong': { title: '成绩表有错误', advice: '请按 rows 逐格修改后重新上传，本次均未登记' },
  'candidate-unknown': { title: '该批次没有这个准考证号', advice: '请核对准考证号' },
  'candidate-name-differs': { title: '姓名与准考证号不符', advice: '请核对是否错行' },
  repeated: { title: '同一考生在本次提交中重复', advice: '请只保留一条' },
  'enrolment-withdrawn': {
    title: '该学员已退班',
    advice: '退班学员不再参加考核，请删除该行；如系误退，请联系培训机构',
  },
  'training-certificate-revoked': {
    title: '该学员的培训合格证书已撤销',
    advice: '结业后退出的以撤销培训合格证书为准，请删除该行；如系误撤，请联系培训机构重新颁发后再申报',
  },
  withdrawn: { title: '该考生已撤回申报', advice: '请删除该行' },
  'before-training': { title: '考核日期早于培训开始日期', advice: '请核对考核批次与培训班', source: standard },
  'already-released': { title: '该考生的成绩已发布', advice: '已发布的成绩不能更改，确有错误的请说明理由后作废' },
  'already-reported': { title: '已报送省厅', advice: '报送后的变更请在退回后办理', source: `${notice} 四（三）` },
  'score-not-number': { title: '成绩不是数字', advice: '请填写数字，最多一位小数' },
  'score-range': { title: '成绩超出卷面满分或小于 0', advice: '请按百分制填写', source: standard },
  'score-missing': { title: '缺少一科成绩', advice: '请补填成绩；未参加的请标明缺考' },
  'absent-with-scores': { title: '标明缺考却有两科成绩', advice: '请删去缺考标记或成绩' },
  'flag-unknown': { title: '只能填“是”或“否”', advice: '请从下拉列表中选择' },
  'nothing-recorded': { title: '没有待发布的成绩', advice: '请先登记成绩' },
  'same-person': { title: '不得由登记人本人发布', advice: '请由未登记过本批次成绩的另一人发布' },
  'result-not-released': { title: '成绩尚未发布', advice: '未发布的成绩可直接重新登记' },
  'result-void': { title: '成绩已作废', advice: '作废的成绩不能再作处理，请对新登记的成绩办理' },
  'already-confirmed': {
    title: '省厅已确认该条证书数据',
    advice: '确认后不能作废成绩；证书颁发后请申请更正或撤销证书',
    source: `${notice} 四（三）`,
  },
  'results-held': { title: '还有成绩的异议未处理', advice: '请先处理异议；是否等待异议由省厅设定' },
  'not-returned': { title: '该成绩没有待处理的退回', advice: '请核对；已再次报送的请等待省厅答复' },
  'correction-missing': { title: '未说明更正了什么', advice: '请选择更正内容；成绩有误的请作废后重新登记' },
  'results-not-released': { title: '还有成绩未发布', advice: '请在发布全部成绩后报送' },
  'results-missing': { title: '还有考生没有成绩', advice: '请补登成绩，未参加的登记为缺考' },
  'certificate-number-repeated': { title: '证书编号重复', advice: '请核对，每个编号只能用于一份证书' },
  'result-unknown': { title: '有证书编号对应的成绩不在报送范围', advice: '请只为本批次已发布的合格成绩填写编号' },
} as const;
