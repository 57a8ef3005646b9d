import { roleTitles } from './permissions.js';

/** What the words that travel are called in the programme, for everybody who reads the interface documents: `word name；…`. */
const table = `
# levels, confidence
junior 初级；intermediate 中级；senior 高级；T 读自原文；T2 读自转载；C 推算；R 凭记忆，待核实；I 推断；G 未知；known 已核实；unverified 待核实
# organisations and people
training-institution 培训机构；evaluation-institution 评价机构；department 省厅；city-bureau 市局；operator 运维单位
national-office 国家办公室；institution 机构；project 项目；teacher 师资；examiner 考评人员；member 单位成员
client 接口程序；self 本人；organisation 本单位；city 本市；province 全省
resident-id 居民身份证；hmt-residence 港澳台居民居住证；foreign-permanent-2023 外国人永久居留身份证（2023版）
foreign-permanent-2017 外国人永久居留身份证（2017版）；hm-travel 港澳居民来往内地通行证；tw-travel 台湾居民来往大陆通行证；passport 护照
# signing in
password 口令；second-factor 动态口令；external-identity 统一身份认证账号；oidc 统一身份认证；signed-in 已登录；locked 已锁定；second-factor-wrong 动态口令不正确
second-factor-needed 缺少动态口令；not-admitted 账号已停用；invitation-days 邀请有效天数
permission-request-days 权限申请有效天数；sign-in-history-days 登录记录保留天数；second-factor-required 必须启用动态口令
user-manager-apart 用户管理员不得兼任其他角色
# states that mean the same wherever they stand
active 正常；live 正常；suspended 已暂停；ended 已终止；listed 在目录中；draft 草稿；drafted 已起草；filed 已备案；amended 备案后已修改
closed 已结束；withdrawn 已撤回；superseded 已被后一版本取代；replaced 已被取代；published 已发布；consented 已同意；open 待处理
waiting 等待；answered 已回复；awaiting 待接收；received 已接收；returned 已退回；resubmitted 已重新报送；all 全部；accepted 已接受
expired 已过期；granted 已批准；requested 已申请；proposed 已提出；approved 已批准；refused 未批准；rejected 未批准
confirmed 已确认；discarded 已放弃；dismissed 已排除；found 系统发现；issued 已颁发；corrected 已更正；revoked 已撤销；valid 有效
not-found 没有找到；not-yet 尚未颁发；current 现行；past 期满；lifted 已解除；done 已完成；completed 已结业；record 登记；suspend 暂停
resume 恢复；change-dates 变更期限
# plans, classes, lessons
training 培训；exam 考核；evaluation 评价；basic 基本情况；schedule 时间安排；venue 地点；materials 教程与大纲；teachers 师资
fees 收费；announced 已公告；enrolling 招生中；running 进行中；reported 已报送；archived 已归档；cancelled 已取消；enrolled 在班
online 线上；offline 线下；theory 理论；practice 实操；ability 专业能力；passed 合格；failed 不合格；absent 缺考；violation 违纪
true 是；false 否；too-few-learners 学员过少；teacher-or-site-missing 缺少师资或场地；plan-changed 计划变更
opened-wrongly 误开班；own-wish 本人意愿；illness 疾病；moved 调整到其他班；entered-wrongly 误录入；absent-too-long 长期缺勤
class-cancelled 培训班取消；rule 规则；issued-wrongly 误发；hours-not-met 学时不足；result-voided 成绩作废；fraud 弄虚作假；trainee-left 学员退出培训
other 其他
# exams and results
planned 已安排；sat 已考核；marked 已登记成绩；released 已发布；submitted 已申报；qualified 已确认资格；not-applied 未申报
applied 已申报；given-up 不再报送；reported-again 已再次报送；nationally-returned 国家退回；void 已作废；recorded 已登记
upheld 成立；result 成绩；patrol 考试巡查；false-promise 虚假承诺；serious 严重违纪违规；very-serious 特别严重违纪违规
false-documents 虚假材料；none 未发现问题；identity 身份；invigilators 监考人员；seating 座位安排；papers 试卷；devices 设备
premises 场地；discipline 考场纪律；plan 与计划不符；condition-not-met 不符合申报条件；hours-missing 学时不足
identity-differs 身份不符；documents-missing 材料不全；dishonest-record 失信记录；photo 照片；condition 申报条件
certificate-number 证书编号；admissionNumber 准考证号；recording-error 登记错误；marking-error 阅卷错误
violation-found 发现违纪；identity-wrong 身份有误；objection-upheld 异议成立；marks 分数；absence 缺考；pdf PDF 文件
png PNG 图片；jpeg JPEG 图片；csv CSV 文件
# confirming, issuing, correcting
receiving 正在接收；to-propose 待提出意见；to-confirm 待确认；to-send 待上报；national-review 国家审核中
national-return 国家退回待处理；to-issue 待颁发；department-return 省厅退回待处理；finished 已办结；undecided 待确认；removed 已移出
sent 已上报；withheld 暂缓；allocated 已取号；blocking 未处理前不能确认；advisory 提示；same-day-two-places 同一天出现在两处
result-before-exam-end 成绩早于考核结束；exam-before-training 考核早于培训开始；hours-below-standard 学时低于标准
directory-missing-on-day 当日不在目录；directory-ended-meanwhile 目录条目期间终止；equal-score-patterns 成绩雷同
pass-rate-far-from-history 合格率偏离历史；one-phone-many-people 多人同一手机号码；other-level-in-chain 另有其他等级在办
officer-attached 经办人与机构有关联；confirm 确认；return 退回；drawn 抽中；flagged 因疑点列入；sound 属实；faulty 有误；unclear 待补充
certificate-exists 已有同一证书；certificate-number-taken 证书编号已被使用；signing 正在签发；used 已使用；revocation 撤销
suspension 暂停；correct 更正；reinstate 恢复；revoke 撤销；replace 换发；typo 录入错误；asked 已申请；with-printer 印制中
delivered 已送达；under-investigation 正在调查；commitment-doubtful 承诺存疑；identity-doubtful 身份存疑
result-doubtful 成绩存疑；doubt-removed 疑点已排除；suspended-in-error 误暂停；remedied 已补正；false-commitment 虚假承诺
obtained-by-fraud 以欺骗手段取得；result-void 成绩作废；issued-in-error 误发；unlawful-issue 违规颁发；lost 遗失；damaged 损毁
number-wrong 证书编号有误；print-wrong 印制有误；candidate-withdrew 考生放弃；not-reported-again 评价机构不再报送；result-invalid 成绩无效
materials-unobtainable 材料无法补齐
# clocks, tasks and the chain
training-report 学员名单和培训情况报送；result-report 证书数据和考核情况报送；proposal 提出确认意见；confirmation 省厅确认；issue 颁发专业技术等级证书；paused 已暂停
stopped-on-time 按时完成；stopped-late 逾期完成；pause 暂停；extension 延长；department-receipt 省厅回执
city-receipt 市局回执；returned-filing 补正退回的备案；exam-plan-consent 答复考核计划；exam-plan-filing 考核计划备案
exam-plan-refused 考核计划未获同意；returned-rows 补正退回的证书数据；package 上报国家办公室；reply 国家审核结果；clock-setting 时限申请
training-plan 培训计划；exam-plan 考核计划；class 培训班；session 考核批次；batch 证书数据批次；in-training 培训中
not-entered 未参评；entered 已参评；awaiting-result 待出成绩；awaiting-confirmation 待确认；awaiting-issue 待颁发
voided 已作废；day 日；working-day 工作日；restart 重新起算；three-days-left 还剩三天；one-day-left 还剩一天
one-day-past 逾期一天；organisation-suspended 机构已暂停；organisation-ended 机构已终止
directory-occupation 目录中没有该职业；directory-level 目录中没有该等级；directory-direction 目录中没有该方向
directory-dates 不在目录有效期内；directory-suspended 目录条目已暂停
`;

const names: Readonly<Record<string, string>> = {
  ...roleTitles,
  ...Object.fromEntries(
    table
      .split(/[\n；]/)
      .filter((pair) => pair !== '' && !pair.startsWith('#'))
      .map((pair) => [pair.slice(0, pair.indexOf(' ')), pair.slice(pair.indexOf(' ') + 1)]),
  ),
};

/** Where a word means something else than elsewhere: told by a word that stands beside it. */
const otherwise: readonly { readonly beside: string; readonly names: Readonly<Record<string, string>> }[] = [
  { beside: 'live', names: { withdrawn: '已停用' } },
  { beside: 'signed-in', names: { failed: '登录名或口令不正确' } },
  { beside: 'enrolled', names: { withdrawn: '已退班' } },
  { beside: 'in-training', names: { withdrawn: '已退班' } },
  { beside: 'submitted', names: { withdrawn: '已撤回申报', refused: '未确认资格' } },
  { beside: 'drafted', names: { refused: '不同意' } },
  { beside: 'marked', names: { open: '开放申报' } },
  { beside: 'upheld', names: { rejected: '不成立' } },
  { beside: 'with-printer', names: { sent: '已寄出' } },
  { beside: 'materials', names: { evaluation: '考核评价' } },
];

const nameOf = (word: string, all: readonly string[]) =>
  otherwise.find(({ beside, names: here }) => all.includes(beside) && word in here)?.names[word] ?? names[word];

/** The words of one list of allowed values with their names, such as `draft 草稿、filed 已备案`; words that are Chinese already stay alone. */
export function namesOf(all: readonly string[]): string {
  return all.flatMap((word) => (isChinese(word) ? [] : [`${word} ${compound(word, all)}`])).join('、');
}

/** The words of a list that have no name yet. */
export const namelessOf = (all: readonly string[]): string[] =>
  all.filter((word) => !isChinese(word) && compound(word, all) === '');

const isChinese = (word: string) => /\p{Script=Han}/u.test(word);

/** `revoke-approved` is 撤销 and 已批准. */
function compound(word: string, all: readonly string[]): string {
  const own = nameOf(word, all);
  if (own !== undefined) return own;
  const [verb = '', ...rest] = word.split('-');
  const [first, second] = [verb === 'print' ? '印制' : names[verb], names[rest.join('-')]];
  return first !== undefined && second !== undefined ? `${first}${second}` : '';
}
