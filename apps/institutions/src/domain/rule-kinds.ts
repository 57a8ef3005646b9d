/** One kind of rule: what it is called, what it belongs to, and how its value must look. */
export interface RuleKind {
  readonly title: string;
  readonly of: 'programme' | 'standard' | 'either';
  /** The form of the value, for people. */
  readonly form: string;
  accepts(value: object): boolean;
}

type Shape = Pick<RuleKind, 'form' | 'accepts'>;

const field = (value: unknown, name: string) => (value as Record<string, unknown> | null)?.[name];
const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '';
const isCount = (value: unknown) => Number.isInteger(value) && Number(value) > 0;
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

const text: Shape = { form: '{"text": 文字}', accepts: (value) => isText(field(value, 'text')) };
const nothing: Shape = { form: '{}', accepts: (value) => Object.keys(value).length === 0 };
const flag = (name: string): Shape => ({
  form: `{"${name}": true 或 false}`,
  accepts: (value) => typeof field(value, name) === 'boolean',
});
const count = (name: string): Shape => ({
  form: `{"${name}": 正整数}`,
  accepts: (value) => isCount(field(value, name)),
});
/** Days that may be none: what is allowed for none is not allowed. */
const daysOrNone: Shape = {
  form: '{"days": 零或正整数}',
  accepts: (value) => field(value, 'days') === 0 || isCount(field(value, 'days')),
};
const someDays: Shape = {
  form: '{"days": 正整数} 或 {"workingDays": 正整数}',
  accepts: (value) => isCount(field(value, 'days')) !== isCount(field(value, 'workingDays')),
};
const words = (name: string): Shape => ({
  form: `{"${name}": [文字…]}`,
  accepts: (value) => isTexts(field(value, name)),
});
const meaning = (...meanings: string[]): Shape => ({
  form: `{"meaning": ${meanings.map((one) => `"${one}"`).join(' 或 ')}}`,
  accepts: (value) => meanings.includes(String(field(value, 'meaning'))),
});
const texts = (name: string): Shape => ({
  form: `{"${name}": [文字…], "complete": true 或 false}`,
  accepts: (value) => isTexts(field(value, name)) && typeof field(value, 'complete') === 'boolean',
});

const conditions: Shape = {
  form: '{"items": [{"number": 序号, "text": 文字}…]}',
  accepts(value) {
    const items = field(value, 'items');
    if (!Array.isArray(items) || items.length === 0) return false;
    const numbers = items.map((item) => field(item, 'number'));
    return new Set(numbers).size === items.length && numbers.every(isCount) && items.every(text.accepts);
  },
};
const marks: Shape = {
  form: '{"theory": 合格分, "ability": 合格分, "maximum": 满分}',
  accepts(value) {
    const [theory, ability, maximum] = ['theory', 'ability', 'maximum'].map((name) => field(value, name));
    return [theory, ability, maximum].every(isCount) && Number(maximum) >= Math.max(Number(theory), Number(ability));
  },
};

const ofStandard = (title: string, shape: Shape = text): RuleKind => ({ title, of: 'standard', ...shape });
const ofProgramme = (title: string, shape: Shape = text): RuleKind => ({ title, of: 'programme', ...shape });

/** Every kind of rule that may be recorded, by its code. */
export const ruleKinds: Readonly<Record<string, RuleKind>> = {
  directions: ofStandard('职业方向', texts('known')),
  conditions: ofStandard('申报条件', conditions),
  'pass-marks': ofStandard('合格标准', marks),
  hours: ofStandard('标准学时', count('total')),
  'exam-ratios': ofStandard('监考人员、考评人员与考生配比'),
  'exam-times': ofStandard('考核时间'),
  weights: ofStandard('权重表'),
  teachers: ofStandard('培训教师要求'),
  premises: ofStandard('场所设备要求'),
  education: ofStandard('普通受教育程度'),
  'related-majors': ofStandard('相关专业'),

  'programme-occupations': ofProgramme('项目列名的职业', texts('codes')),
  trainees: ofProgramme('培育对象'),
  'retired-excluded': ofProgramme('不包含已退休人员', nothing),
  'filing-recipients': ofProgramme('计划备案的接收机关'),
  'filing-city': ofProgramme('“所在市”的含义', meaning('seat', 'venue')),
  'filing-before': ofProgramme('备案先于培训', meaning('training')),
  announcement: ofProgramme('培训公告'),
  'announcement-lead': ofProgramme('公告提前天数', count('days')),
  'training-modes': ofProgramme('培训方式'),
  'online-share': ofProgramme('线上学时占比上限', count('percent')),
  'attendance-minimum': ofProgramme('出勤率下限', count('percent')),
  'class-size': ofProgramme('班级人数上限', count('most')),
  'late-entry': ofProgramme('开班后可入班的天数', daysOrNone),
  'hour-minutes': ofProgramme('一个标准学时的长度', count('minutes')),
  'hours-valid': ofProgramme('继续教育学时的有效期'),
  'hours-credit': ofProgramme('继续教育学时折算办法'),
  'hours-proof': ofProgramme('申报须提交学时证明还是培训合格证书', meaning('hours-proof', 'training-certificate')),
  commitment: ofProgramme('申报实行证明事项告知承诺制'),
  'commitment-text': ofProgramme('告知承诺书文本'),
  'condition-reference-day': ofProgramme('“满N年”的计算截止日', meaning('application-day', 'exam-day', 'end-of-year')),
  'lower-level-scope': ofProgramme('申报中级、高级所需的低一级证书是否须为同一职业和方向'),
  'resit-part-stands': ofProgramme('单科合格成绩是否保留', flag('stands')),
  'day-of-completion': ofProgramme('培训结业之日', meaning('completion-exam', 'last-lesson', 'result')),
  'day-of-exam-end': ofProgramme('考核结束之日', meaning('last-paper', 'last-session')),
  'confirmation-from': ofProgramme('省厅确认期限的起算', meaning('complete-data', 'first-receipt')),
  'returned-part-clock': ofProgramme('退回数据的期限', meaning('restart', 'resume')),
  'directory-only': ofProgramme('不得在目录之外开展培训评价', nothing),
  'cover-finish': ofProgramme('目录到期或暂停前已开始的活动可以完成', flag('mayFinish')),
  'cross-province': ofProgramme('不得跨省开展培训', nothing),
  'forbidden-claims': ofProgramme('不得夸大培训效果', texts('words')),
  'training-evaluation-separated': ofProgramme('培训与评价分离', flag('separated')),
  'institution-conditions': ofProgramme('机构遴选条件'),
  'directory-validity': ofProgramme('目录有效期限', count('years')),
  'directory-exit': ofProgramme('目录退出'),
  penalties: ofProgramme('处置措施'),
  'certificate-number-format': ofProgramme('专业技术等级证书编号规则'),
  'training-certificate-number-format': ofProgramme('培训合格证书编号规则'),
};

/** What only the office decides: there is no record of it until the office makes one. */
export const settingKinds: Readonly<Record<string, RuleKind>> = {
  'rule-confirmation': ofProgramme('规则登记须经第二人确认', flag('required')),
  'filing-receipt': ofProgramme('备案后出具回执的期限', count('days')),
  'announcement-content': ofProgramme('公告须写明的内容', words('required')),
  'minimum-age': { title: '最低年龄', of: 'either', ...count('years') },
  'reschedule-notice': ofProgramme('改期须提前的天数', count('days')),
  'class-retention': ofProgramme('培训班办结后归档的天数', count('days')),
  'moved-hours': ofProgramme('转班时学时是否带入', flag('carried')),
  'objection-window': ofProgramme('成绩发布后提出异议的期限', someDays),
  'objection-answer': ofProgramme('答复异议的期限', someDays),
  'report-waits-for-objections': ofProgramme('报送须等待异议处理', flag('waits')),
  'national-return-blocks-issue': ofProgramme('国家退回未处理前不颁发同批证书', flag('blocks')),
  'amendment-days': ofProgramme('决定证书变更申请的天数', count('days')),
};

const kinds = { ...ruleKinds, ...settingKinds };
export const kindOf = (rule: string): RuleKind | undefined => (Object.hasOwn(kinds, rule) ? kinds[rule] : undefined);
