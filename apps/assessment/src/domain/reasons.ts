import { moreReasons } from './more-reasons.js';
import { resultReasons } from './result-reasons.js';

const notice = '鲁人社字〔2022〕156号';
const commitmentOpinion = '国办发〔2020〕42号';

/** Everything this service can refuse with, besides what the directory lacks. */
export const reasons = {
  'exam-plan-answered': { title: '该版本的考核计划已答复', advice: '如需改变，请由培训机构提交新的版本' },
  'reason-missing': { title: '未说明理由', advice: '不同意或不予确认时请填写理由' },
  'plan-not-filed': {
    title: '考核计划尚未备案',
    advice: '请在培训机构完成备案后再开设考核批次',
    source: `${notice} 四（一）`,
  },
  'plan-withdrawn': { title: '考核计划已撤回', advice: '请选择其他已备案的考核计划，或请培训机构重新备案' },
  'outside-plan-dates': {
    title: '考核日期不在已备案的计划日期之内',
    advice: '请把两科日期调整到计划的起止日期之内',
    source: `${notice} 四（一）`,
  },
  'site-unknown': { title: '没有这个考点', advice: '请选择本机构已登记的考点' },
  'site-not-open': { title: '考点在考核日期不可用', advice: '请核对考点的启用和停用日期，或更换考点' },
  'site-full': { title: '考点席位不足', advice: '请减少名额，或更换日期、考点' },
  'opens-too-late': { title: '开放申报的日期晚于首科考核', advice: '请把开放日期提前' },
  'exam-begun': { title: '考核已经开始', advice: '开考后不能更改日期、地点和名额' },
  'exam-in-past': { title: '新的考核日期早于今天', advice: '请选择今天或以后的日期' },
  'seats-below-taken': { title: '名额少于已占用的名额', advice: '请保留不少于已占用的名额' },
  'not-in-person': {
    title: '申报须由本人作出',
    advice: '请由学员以本人账号申报，告知承诺不得代办',
    source: commitmentOpinion,
  },
  'commitment-not-accepted': {
    title: '未作出承诺',
    advice: '请阅读告知承诺书并作出承诺；不愿承诺的，请向评价机构提交证明材料',
    source: commitmentOpinion,
  },
  'commitment-text-changed': {
    title: '告知承诺书文本已更新',
    advice: '请重新读取当前文本，阅读后再作出承诺',
    source: commitmentOpinion,
  },
  'class-not-completed': {
    title: '没有该培训班的学时证明',
    advice: '请在培训班结业之后申报，或核对所选的培训班',
    source: `${notice} 四（三）；国家职业标准 申报条件`,
  },
  'subject-differs': {
    title: '培训与考核的职业、标准版次、等级或方向不一致',
    advice: '请选择与所完成培训相同的考核批次',
    source: '国家职业标准 申报条件',
  },
  'conditions-unverified': {
    title: '该职业、等级的申报条件待核实',
    advice: '请等待主管部门录入申报条件后再申报',
  },
  'condition-unknown': {
    title: '没有这一条申报条件',
    advice: '请从该职业、等级的申报条件中选择一条',
    source: '国家职业标准 申报条件',
  },
  'already-applied': { title: '已申报该考核批次', advice: '请在“我的申报”中查看' },
  'session-closed': { title: '该批次已停止申报', advice: '请选择其他开放的考核批次' },
  'session-cancelled': { title: '该考核批次已取消', advice: '请选择其他考核批次' },
  'session-full': { title: '该批次名额已满', advice: '请选择其他开放的考核批次' },
  'dishonest-record': {
    title: '在失信记录期内，不适用告知承诺制',
    advice: '认定文件和记录期限请向省人力资源社会保障厅查询；信用修复后可再申报',
    source: `${commitmentOpinion}；人社部令第31号（参照）`,
  },
  'document-number-wrong': { title: '证件号码不正确', advice: '请核对证件类型和号码' },
  'dates-order': { title: '结束日期早于开始日期', advice: '请核对日期' },
  'already-listed': { title: '该人员已按同一文件列入', advice: '请在名单中查看' },
  'already-lifted': { title: '该记录已解除', advice: '无需再次解除' },
  'invitation-day-wrong': { title: '邀请的截止日期不对', advice: '请选择今天起至首科考核日之间的日期' },
  'nobody-to-invite': { title: '没有可邀请的学员', advice: '请选择已结业、且其考核计划发给本机构的培训班，或逐人选择' },
  'person-unknown': { title: '没有这名学员', advice: '只能邀请考核计划发给本机构的结业学员' },
  'nobody-to-seat': { title: '没有可编排的考生', advice: '请先作出资格确认' },
  'room-repeated': { title: '考场重复', advice: '每个考场只列一次' },
  'seats-too-few': { title: '考场席位少于考生人数', advice: '请增加考场或席位' },
  'already-invited': { title: '已邀请过', advice: '请在邀请名单中查看' },
  'application-ended': { title: '该申报已撤回或未通过资格确认', advice: '无需再次撤回' },
  'session-not-open': { title: '该批次的考核已结束', advice: '请核对批次' },
  'decisions-wrong': { title: '有资格确认意见无法办理', advice: '请按 rows 逐条修改后重新提交，本次均未生效' },
  'application-unknown': { title: '该批次没有这份申报', advice: '请核对申报编号' },
  'already-decided': { title: '该申报已作出资格确认或已撤回', advice: '请从本次提交中删除' },
  'qualification-undecided': { title: '还有申报未作资格确认', advice: '请先对全部申报作出资格确认' },
  'exam-in-future': { title: '考核尚未举行', advice: '请在最后一科考核之日起办理' },
  ...moreReasons,
  ...resultReasons,
} as const;
