import type { CellRule } from './check-cells.js';
import type { RefusalCode } from './refusal.js';

interface Words {
  readonly title: string;
  readonly advice: string;
}

const save = '请在表格软件中“另存为” .xlsx 后再上传';
const template = '请下载模板，填写后再上传';
const split = '请拆分后分批上传';
const copy = '请把内容复制到新下载的模板中';

/** What a workbook as a whole can be refused with, for the catalogue of whoever takes one. */
export const workbookReasons = {
  'workbook-no-content': { title: '文件是空的', advice: '请重新保存后再上传' },
  'workbook-too-large': { title: '文件太大', advice: split },
  'workbook-old-format': { title: '这是旧版 .xls 文件', advice: save },
  'workbook-encrypted': { title: '文件设有打开密码', advice: '请去掉密码后再上传' },
  'workbook-web-page': { title: '这是网页文件，不是 .xlsx', advice: template },
  'workbook-plain-text': { title: '这是文本或 CSV 文件', advice: save },
  'workbook-not-zip': { title: '这不是 .xlsx 文件', advice: template },
  'workbook-not-xlsx': { title: '压缩包里没有 .xlsx 工作簿', advice: save },
  'workbook-has-macros': { title: '文件带有宏', advice: '请“另存为”不含宏的 .xlsx' },
  'workbook-damaged': { title: '文件已损坏或不规范', advice: save },
  'workbook-too-many-entries': { title: '文件内部的部件过多', advice: copy },
  'workbook-expands-too-much': { title: '文件解开后过大', advice: copy },
  'workbook-timeout': { title: '读取超时', advice: '请删去多余的行、格式和工作表后再上传' },
  'workbook-header-differs': { title: '表头与模板不一致', advice: template },
  'workbook-no-rows': { title: '只有表头，没有数据行', advice: '请填写数据后再上传' },
  'workbook-too-many-rows': { title: '数据行数超过上限', advice: split },
} as const satisfies Record<RefusalCode, Words>;

/** What can be wrong with one of its cells. */
export const cellReasons = {
  'cell-formula': { title: '单元格是公式', advice: '请复制后“选择性粘贴—数值”' },
  'cell-error': { title: '单元格是表格软件的错误值', advice: '请重新填写' },
  'cell-reading-aid': { title: '单元格带有拼音标注', advice: '请清除标注后重新填写' },
  'cell-number-in-text-column': { title: '单元格应为文本', advice: '请把格式改为“文本”后重新填写' },
  'cell-required': { title: '此项必填', advice: '请填写' },
  'cell-too-long': { title: '内容过长', advice: '请缩短' },
  'cell-unreadable': { title: '含有不可见的控制字符或乱码', advice: '请重新填写' },
  'cell-outside-columns': { title: '模板各列右侧还有内容', advice: '请清除' },
} as const satisfies Record<CellRule, Words>;
