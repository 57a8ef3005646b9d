import { classReasons } from './class-reasons.js';
import { personReasons } from './person-reasons.js';
import { planReasons } from './plan-reasons.js';
import { rowReasons } from './row-reasons.js';

const training = '鲁人社字〔2022〕156号 四（二）';
const filing = '鲁人社字〔2022〕156号 四（一）';

/** Everything this service can refuse with, besides what the directory says. */
export const reasons = {
  'already-filed': { title: '此版本已经备案', advice: '如需变更，请先修改计划，再备案新的版本' },
  'same-person': { title: '经办与审批须由两人办理', advice: '请由本单位另一位有审批权限的人员办理' },
  'subject-unknown': { title: '职业不在已登记的职业之中', advice: '请从职业列表中选择' },
  'dates-order': { title: '结束日期早于开始日期', advice: '请核对起止日期' },
  'venue-outside-province': {
    title: '培训地点不在本省的设区的市',
    advice: '请填写本省设区的市的六位行政区划代码；不得开展跨省培训',
    source: '鲁人社字〔2022〕156号 六（二）',
  },
  'direction-missing': { title: '此职业和等级须选择职业方向', advice: '请从国家职业标准所列的方向中选择' },
  'direction-unknown': {
    title: '国家职业标准中没有此职业方向',
    advice: '请从标准所列的方向中选择；标准未设方向的填“--”',
  },
  'consent-missing': { title: '评价机构尚未同意考核计划', advice: '请等待评价机构答复，或修改后再商', source: filing },
  'announcement-personal': {
    title: '公告含有手机号码或证件号码',
    advice: '公告长期公开，请改为单位的办公电话或邮箱，并删除个人信息',
  },
  'plan-not-filed': { title: '培训计划尚未备案', advice: '请先完成培训计划备案', source: filing },
  'subject-differs': {
    title: '考核计划与已备案的培训计划的职业、方向或等级不一致',
    advice: '请按已备案的培训计划修改考核计划',
  },
  'training-evaluation-not-separated': {
    title: '培训与评价须分离，同一机构不得既培训又评价',
    advice: '请改商其他评价机构；该要求是省厅设定的规则记录，依据的文件和条款可在规则查询中查看',
    source: '规则记录 training-evaluation-separated',
  },
  'not-evaluation-institution': { title: '所选机构不是评价机构', advice: '请从评价机构中选择' },
  'already-received': { title: '此备案已出具回执', advice: '请在回执列表中查看' },
  'announcement-missing': { title: '尚未发布培训公告', advice: '请先发布培训公告，再开设培训班', source: training },
  'class-outside-plan-dates': { title: '培训班日期超出已备案的计划', advice: '请调整日期，或先变更培训计划并备案' },
  'class-starts-later': { title: '未到开班日期', advice: '请在开班日期当天或之后办理开班' },
  'roster-empty': { title: '培训班还没有学员', advice: '请先上传学员名单' },
  'roster-rows-wrong': {
    title: '名单中有不符合要求的行，未录入任何一行',
    advice: '请按 rows 中所列逐行修改后重新提交',
  },
  'enrolment-not-live': { title: '该学员已退班或已结业', advice: '请核对学员' },
  'class-not-running': { title: '培训班不在培训中', advice: '请在开班之后、结业之前办理' },
  'lesson-outside-class-dates': { title: '课次日期超出培训班的起止日期', advice: '请核对课次日期' },
  'lesson-in-future': { title: '课次日期晚于今天', advice: '请在上课当天或之后登记' },
  'lesson-reference-repeated': { title: '课次编号重复', advice: '同一培训班内每个课次的编号只能用一次' },
  'lessons-missing': { title: '尚未登记课次', advice: '请先登记课次', source: training },
  'enrolment-unknown': { title: '所列学员不在此培训班，或不在办理范围内', advice: '请从培训班的学员列表中选择' },
  'enrolment-repeated': { title: '同一学员列出了两次', advice: '请每位学员只列一次' },
  'attended-before-moving-in': {
    title: '该学员在此课次之后才由其他培训班转入',
    advice: '请在原培训班的课次中登记其考勤',
  },
  'completion-exam-in-future': { title: '结业考核日期晚于今天', advice: '请在考核之后登记' },
  'completion-exam-before-start': { title: '结业考核日期早于开班日期', advice: '请核对结业考核日期' },
  'results-missing': {
    title: '还有学员没有结业考核结果',
    advice: '请先登记全部学员的结果，或办理退班',
    source: training,
  },
  'completed-before-last-lesson': { title: '结业日期早于最后一次课', advice: '请核对结业日期' },
  'completed-in-future': { title: '结业日期晚于今天', advice: '请在结业当天或之后办理' },
  'completion-day-differs': {
    title: '结业日期与结业考核日期不符',
    advice: '按现行设置，培训结业以结业考核之日为准；此为办公设置，并非文件规定',
  },
  'class-not-completed': { title: '培训班尚未结业', advice: '请先办理结业', source: training },
  'issued-before-completion': { title: '发证日期早于结业日期', advice: '请核对发证日期' },
  'issued-in-future': { title: '发证日期晚于今天', advice: '请核对发证日期' },
  'nothing-to-issue': { title: '没有待颁发的培训合格证书', advice: '合格学员的证书均已颁发，或没有合格学员' },
  'certificate-number-repeated': { title: '证书编号重复', advice: '请每份证书使用不同的编号' },
  'certificate-number-taken': { title: '证书编号已被本单位使用', advice: '请核对证书编号' },
  'already-reported': { title: '此培训班已报送', advice: '请查看已有的报送回执' },
  ...classReasons,
  ...personReasons,
  ...planReasons,
  ...rowReasons,
} as const;
