import { directoryReasons } from './directory-reasons.js';
import { localReasons } from './local-reasons.js';
import { organisationReasons } from './organisation-reasons.js';
import { ruleReasons } from './rule-reasons.js';

const directory = '鲁人社字〔2022〕156号 六（二）';

/** Everything this service can refuse with. */
export const reasons = {
  ...organisationReasons,
  ...directoryReasons,
  ...ruleReasons,
  ...localReasons,
  'credit-code-length': { title: '统一社会信用代码应为 18 位', advice: '请核对位数', source: 'GB 32100-2015' },
  'credit-code-characters': {
    title: '统一社会信用代码含有不允许的字符',
    advice: '请核对，代码中没有 I、O、Z、S、V',
    source: 'GB 32100-2015',
  },
  'credit-code-check': { title: '统一社会信用代码校验位不符', advice: '请对照证照逐位核对', source: 'GB 32100-2015' },
  'credit-code-taken': { title: '该统一社会信用代码已登记', advice: '请查询已登记的机构' },
  'city-unknown': { title: '不是本省的设区的市', advice: '请填写六位行政区划代码' },
  'office-taken': { title: '该地的人力资源社会保障部门已登记', advice: '请查询已登记的机构' },
  'contact-personal': { title: '联系方式含有手机号码', advice: '请填写单位的办公电话或邮箱，不要填写个人信息' },
  'directory-role-mismatch': {
    title: '机构类别与目录类别不符',
    advice: '培训目录只列培训机构，评价目录只列评价机构，请核对机构',
    source: '鲁人社字〔2022〕156号 三（三）',
  },
  'directory-entry-overlaps': {
    title: '同一机构同一职业、方向和等级在此期间已有目录条目',
    advice: '请核对有效期；如为延续，请从原条目到期的次日开始',
  },
  'occupation-unknown': { title: '没有此职业', advice: '请从职业清单中选择职业编码' },
  'level-unknown': { title: '等级应为初级、中级或高级', advice: '请逐个列出等级；目录未区分等级时不要填写空列表' },
  'dates-order': { title: '截止日期早于起始日期', advice: '请核对日期' },
  'suspension-outside-entry': {
    title: '暂停日期不在目录条目的有效期内',
    advice: '请填写有效期起止之间的日期',
    source: directory,
  },
  'entry-suspended': { title: '该目录条目已暂停', advice: '请查看已登记的暂停日期和依据' },
  'rule-unknown': { title: '没有此规则', advice: '请从规则清单中选择规则代码' },
  'rule-scope': {
    title: '规则的适用范围不完整',
    advice: '项目规则的范围为 programme，不填版次和等级；职业标准的规则须填职业编码、版次和等级',
  },
  'rule-value': { title: '规则的值与该规则的格式不符', advice: '请按规则来源说明中的格式填写' },
  'rule-unverified': {
    title: '未经核实的规则不能带值',
    advice: '可信度为 R 或 G 时请把值留空；请先核实原文，再按 T 或 T2 登记',
  },
  'rule-recorded': { title: '该规则自该日起已有登记', advice: '规则不覆盖；如有变化，请以新的起始日期登记' },
} as const;
