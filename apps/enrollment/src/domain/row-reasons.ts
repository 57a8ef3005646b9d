const idNumber = 'GB 11643-1999';

/** What is told of a row that is taken all the same. */
export const rowWarnings = {
  'document-form-unverified': {
    title: '该证件的号码形式待核实，此号码与通常所见不同',
    advice: '不影响录入，请对照证件核对号码',
  },
} as const;

/** What can be wrong with one row of a roster. None of these texts ever repeats what stands in the row. */
export const rowReasons = {
  'name-empty': { title: '没有填写姓名', advice: '请填写姓名' },
  'name-control-character': { title: '姓名含有换行或不可见字符', advice: '请重新输入姓名' },
  'name-lost-character': { title: '姓名中有丢失的字', advice: '请按证件重新输入问号或方框处的字' },
  'name-too-long': { title: '姓名过长', advice: '姓名最多 50 个字' },
  'name-only-digits': { title: '姓名全是数字', advice: '请核对是否填错了列' },
  'name-dot-at-edge': { title: '姓名以间隔号开头或结尾', advice: '间隔号只能在姓名中间' },
  'name-differs': {
    title: '该证件号码已登记为另一姓名',
    advice: '请对照证件核对姓名和号码；确属更名的，请联系省厅办理',
  },
  'document-kind-unknown': { title: '证件类型不在可选范围内', advice: '请从下拉列表中选择证件类型' },
  'document-characters': { title: '证件号码含有不允许的字符', advice: '请对照证件重新填写号码' },
  'document-length': { title: '证件号码位数不对', advice: '请对照证件核对位数' },
  'document-old-form': { title: '15 位身份证号码已停止使用', advice: '请填写 18 位公民身份号码', source: idNumber },
  'document-prefix': { title: '证件号码的开头与证件类型不符', advice: '请核对证件类型和号码' },
  'document-birth-date': {
    title: '证件号码中的出生日期不存在',
    advice: '请对照证件核对第 7 至 14 位',
    source: idNumber,
  },
  'document-check-digit': { title: '证件号码校验位不符', advice: '请对照证件逐位核对', source: idNumber },
  'phone-characters': { title: '联系电话含有不允许的字符', advice: '请填写 11 位手机号码' },
  'phone-length': { title: '联系电话位数不对', advice: '请填写 11 位手机号码' },
  'phone-prefix': { title: '联系电话不是大陆手机号码', advice: '请填写 11 位手机号码' },
  'education-unknown': { title: '文化程度不在可选范围内', advice: '请从下拉列表中选择文化程度' },
  'employer-missing': { title: '没有填写工作单位或学校', advice: '请填写工作单位或学校' },
  'category-unknown': { title: '人员类别不在可选范围内', advice: '请从下拉列表中选择人员类别' },
  'retired-unanswered': { title: '没有填写是否退休', advice: '请填写“是”或“否”' },
  'retired-excluded': {
    title: '培育对象不包含已退休人员',
    advice: '请从名单中删除该学员；如填写有误，请更正“是否退休”',
    source: '鲁人社字〔2022〕156号 二',
  },
  'minimum-age': {
    title: '学员在开班日未满规定的年龄',
    advice: '请核对出生日期和开班日期；年龄要求是省厅设定的规则记录，可在规则查询中查看',
  },
  'repeated-in-file': { title: '与前面的一行是同一人', advice: '请删除重复的行' },
  'already-enrolled': { title: '该学员已在此培训班', advice: '请从名单中删除该行' },
  'overlapping-class': { title: '该学员同期已在另一培训班', advice: '请与学员核对，两班日期不能重叠' },
} as const;
