const training = '鲁人社字〔2022〕156号 四（二）';

/** What classes, seats, lessons and their papers can refuse with. */
export const classReasons = {
  'class-not-enrolling': { title: '培训班已结束或已取消，不能再录入学员', advice: '请录入其他培训班' },
  'class-has-started': { title: '培训班已开班、已结束或已取消，不能变更日期', advice: '开班之后起止日期不再变更' },
  'class-not-begun': { title: '培训班尚未开班或已取消', advice: '请在开班之后办理' },
  'class-not-cancellable': { title: '培训班已结业或已取消，不能取消', advice: '已结业的培训班请按期报送' },
  'class-not-reported': { title: '培训班尚未报送或已归档', advice: '请先报送学员名单和培训情况', source: training },
  'class-full': {
    title: '人数超过已备案计划的人数，或超过一个培训班 500 人的上限',
    advice: '请分班录入，或先变更培训计划的人数并备案',
  },
  'dates-unchanged': { title: '日期没有变化', advice: '请填写新的起止日期' },
  'first-day-passed': { title: '新的开班日期早于今天', advice: '请填写今天或以后的日期' },
  'reschedule-notice-short': {
    title: '变更日期的提前天数不足',
    advice: '请按办公设置提前变更；此为省厅设定，并非文件规定',
  },
  'reschedule-overlaps': {
    title: '新的日期与部分学员的其他培训班重叠',
    advice: '请调整日期，或为 rows 中所列学员办理退班',
  },
  'late-entry-closed': {
    title: '已过补录期限',
    advice: '请将学员录入其他培训班；期限为省厅设定',
  },
  'late-entry-reason-missing': { title: '开班后补录须说明原因', advice: '请在 lateReason 中说明补录原因' },
  'reason-text-missing': { title: '选择“其他”时须说明具体原因', advice: '请补充说明' },
  'move-same-class': { title: '学员已在此培训班', advice: '请选择另一个培训班' },
  'move-subject-differs': {
    title: '两个培训班的职业、标准版次、等级或方向不同',
    advice: '请转入同一职业、版次、等级和方向的培训班',
  },
  'teacher-unknown': { title: '教师不在本单位登记的师资之中，或当日不在任', advice: '请从师资列表中选择' },
  'teacher-missing': { title: '没有填写教师', advice: '请填写教师姓名，或从师资列表中选择' },
  'lesson-removed': { title: '课次已删除', advice: '请刷新课次列表' },
  'evidence-too-large': { title: '文件超过 10 MB', advice: '请压缩或拆分后上传' },
  'evidence-too-many': { title: '一个课次最多 20 份佐证', advice: '请合并后上传' },
  'evidence-repeated': { title: '同一文件已经上传', advice: '请核对文件' },
  'absent-cannot-pass': { title: '缺考的学员不能合格', advice: '请核对考核结果' },
  'hours-short': {
    title: '合格学员均未完成规定学时',
    advice: '请核对考勤；未完成规定学时的不颁发培训合格证书',
    source: training,
  },
  'certificate-revoked': { title: '证书已撤销', advice: '请查看证书的办理经过' },
  'correction-empty': { title: '没有需要更正的内容', advice: '请填写与证书上不同的编号或姓名' },
  'holder-name-differs': {
    title: '姓名与登记的姓名不一致',
    advice: '证书上的姓名须与学员登记的姓名相同；登记有误的，请先办理人员信息变更',
  },
  'revocation-open': { title: '已有待批准的撤销', advice: '请由另一位有权限的人员办理' },
  'revocation-decided': { title: '此撤销已办理', advice: '请查看证书的办理经过' },
  'figures-changed': { title: '汇总的数据已有变化', advice: '请重新查看并确认数据后再报送' },
  'figures-unchanged': { title: '报送内容没有变化', advice: '数据和说明与已报送的相同，无需更正' },
} as const;
