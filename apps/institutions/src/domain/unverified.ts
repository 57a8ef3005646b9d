import { ruleKinds } from './rule-kinds.js';

/** What cannot be judged while a rule is 待核实. */
const blocks: Readonly<Record<string, string>> = {
  directions: '不能核对职业方向；备案时只提示，不拒绝',
  conditions: '不能逐条核对申报条件，由评价机构按原文确认',
  'pass-marks': '不能判定成绩是否合格',
  hours: '不能核对标准学时',
  'exam-ratios': '不能核对监考人员、考评人员与考生的配比',
  'exam-times': '不能核对考核时间',
  weights: '不能核对权重表',
  teachers: '不能核对师资和考评人员的资格，登记时只提示',
  premises: '不能核对场所设备',
  education: '不能核对普通受教育程度',
  'related-majors': '不能核对相关专业',
  'class-size': '不检查班级人数上限',
  'late-entry': '开班后能否入班由省厅解释',
  'attendance-minimum': '不检查出勤率',
  'online-share': '不检查线上学时占比',
  'hour-minutes': '不能把课次时长折算为标准学时',
  'resit-part-stands': '单科合格成绩不保留，补考须考两科',
  'training-evaluation-separated': '同一机构既培训又评价的，备案时只提示，不拒绝',
  'certificate-number-format': '不检查专业技术等级证书编号的格式',
  'training-certificate-number-format': '不检查培训合格证书编号的格式',
  'directory-validity': '不检查目录条目的有效期长度',
  'commitment-text': '告知承诺书使用演示文本',
};
export const blockedBy = (rule: string) => blocks[rule] ?? '只作提示，不影响办理';

const codesOf = (of: 'programme' | 'standard') =>
  Object.entries(ruleKinds).flatMap(([code, kind]) => (kind.of === of ? [code] : []));

/** Every rule that each standard must say, for each level. */
export const standardRules: readonly string[] = codesOf('standard');
/** Every rule of the programme. */
export const programmeRules: readonly string[] = codesOf('programme');
