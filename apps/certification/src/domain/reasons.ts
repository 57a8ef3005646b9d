import { amendingReasons } from './amending-reasons.js';
import { printingReasons } from './printing.js';
import { rowReasons } from './row-reasons.js';
import { signalReasons } from './signal-reasons.js';

const review = '鲁人社字〔2022〕156号 四（三）';

/** Everything this service can refuse with. */
export const reasons = {
  ...signalReasons,
  ...amendingReasons,
  ...printingReasons,
  ...rowReasons,
  'same-person': { title: '提出与批准须由不同的人办理', advice: '请由另一位有权限的人员办理' },
  'row-unknown': { title: '该行不在此批次中', advice: '请刷新批次后重新选择' },
  'row-repeated': { title: '同一行出现了多次', advice: '请每行只填写一次' },
  'row-decided': { title: '该行已确认或退回', advice: '每行只能决定一次，请刷新后查看' },
  'part-incomplete': { title: '该部分证书数据尚未收齐', advice: '请稍候，待全部数据到达后再办理', source: review },
  'not-proposed': { title: '该行尚未提出意见', advice: '请先由经办人提出确认或退回意见' },
  'reason-missing': { title: '退回须说明原因', advice: '请至少选择一个退回原因' },
  'reason-unknown': { title: '没有这个退回原因', advice: '请从退回原因列表中选择' },
  'nothing-to-propose': { title: '没有待提出意见的行', advice: '请刷新批次查看各行状态' },
  'nothing-proposed': { title: '没有待决定的意见', advice: '请先由经办人提出意见' },
  'nothing-confirmed': { title: '没有已确认而未上报的行', advice: '请先确认证书数据', source: review },
  'reply-recorded': { title: '该上报包的审核结果已登记', advice: '审核结果只登记一次，请查看已登记的内容' },
  'approved-before-sent': { title: '审核通过日期早于上报日期', advice: '请核对国家办公室回复上的日期' },
  'approved-in-future': { title: '审核通过日期晚于收到日期或今天', advice: '请核对日期' },
  'received-in-future': { title: '收到日期晚于今天', advice: '请核对日期' },
  'reply-rows-wrong': { title: '审核回复与上报包不一致', advice: '请按 rows 逐行核对后重新上传，未登记任何一行' },
  'reply-row-unknown': { title: '登记行号不在此上报包中', advice: '请核对登记行号与上报包' },
  'reply-row-repeated': { title: '同一登记行号出现了多次', advice: '请每行只保留一次' },
  'reply-row-missing': { title: '回复中缺少该登记行号', advice: '请补全后重新上传，不接受部分回复' },
  'reply-row-contradictory': { title: '同一行的审核结果自相矛盾', advice: '请与国家办公室核实后只保留一个结果' },
  'reply-decision-unknown': { title: '审核结果只能是“通过”或“退回”', advice: '请从下拉列表中选择' },
  'reply-row-contradicts-recorded': {
    title: '该行与已登记的审核结果不一致',
    advice: '已登记的结果不改动，请与国家办公室核实',
  },
  'reply-date-unreal': { title: '审核通过日期不是真实的日期', advice: '请按 2026-11-20 的格式填写' },
  'not-national-approved': { title: '国家办公室尚未审核通过', advice: '请待审核结果登记后再颁发', source: review },
  'nothing-approved': { title: '没有待颁发的行', advice: '审核通过的行均已颁发或正在颁发' },
  'award-before-approval': {
    title: '颁发日期早于审核通过日期',
    advice: '请填写审核通过当日或之后的日期',
    source: review,
  },
  'award-in-future': { title: '颁发日期晚于今天', advice: '请填写今天或之前的日期' },
  'certificate-exists': {
    title: '该人员在此职业、方向、等级已有有效证书',
    advice: '请核实是否重复报送；原证书撤销后方可再次颁发',
  },
  'certificate-number-taken': { title: '该证书编号已使用', advice: '请核对报送的证书编号' },
  'number-used': { title: '该登记号已使用', advice: '已颁发的证书请走更正或撤销' },
  'number-void': { title: '该登记号已作废', advice: '请刷新登记号台账' },
  'name-empty': { title: '姓名为空', advice: '请填写姓名' },
  'name-control-character': { title: '姓名含有控制字符', advice: '请重新输入姓名' },
  'name-lost-character': { title: '姓名含有问号、方框等丢失的字符', advice: '请用支持生僻字的输入法重新输入' },
  'name-too-long': { title: '姓名过长', advice: '请核对，最多 50 个字符' },
  'name-only-digits': { title: '姓名只有数字', advice: '请核对姓名' },
  'name-dot-at-edge': { title: '姓名以间隔号开头或结尾', advice: '请删去首尾的间隔号' },
} as const satisfies Record<string, { title: string; advice: string; source?: string }>;

/** What to do about a rule that a row breaks. */
export const adviceOf = (rule: string): string => (reasons as Record<string, { advice: string }>)[rule]?.advice ?? '';
