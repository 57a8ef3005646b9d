const again = '请下载模板填写后再上传';

/** What can be wrong with a workbook as a whole, and with one of its cells. */
export const workbookReasons = {
  'workbook-no-content': { title: '文件是空的', advice: '请重新保存后再上传' },
  'workbook-too-large': { title: '文件太大', advice: '请拆分后分批上传' },
  'workbook-old-format': { title: '这是旧版 .xls 文件', advice: '请另存为 .xlsx 后再上传' },
  'workbook-encrypted': { title: '文件设有打开密码', advice: '请去掉密码后再上传' },
  'workbook-web-page': { title: '这是网页文件', advice: again },
  'workbook-plain-text': { title: '这是文本或 CSV 文件', advice: '请在表格软件中另存为 .xlsx' },
  'workbook-not-zip': { title: '这不是 .xlsx 文件', advice: again },
  'workbook-not-xlsx': { title: '压缩包里没有工作簿', advice: again },
  'workbook-has-macros': { title: '文件带有宏', advice: '请另存为不含宏的 .xlsx' },
  'workbook-damaged': { title: '文件已损坏或不规范', advice: '请用表格软件打开并重新另存' },
  'workbook-too-many-entries': { title: '文件内部的部件过多', advice: '请把内容复制到新下载的模板中' },
  'workbook-expands-too-much': { title: '文件解开后过大', advice: '请把内容复制到新下载的模板中' },
  'workbook-timeout': { title: '读取超时', advice: '请删去多余的行、格式和工作表后再上传' },
  'workbook-header-differs': { title: '表头与模板不一致', advice: again },
  'workbook-no-rows': { title: '只有表头，没有数据行', advice: '请填写目录后再上传' },
  'workbook-too-many-rows': { title: '数据行数超过上限', advice: '一次最多 1000 行，请分批上传' },
  'cell-formula': { title: '单元格是公式', advice: '请复制后选择性粘贴为数值' },
  'cell-error': { title: '单元格是错误值', advice: '请重新填写' },
  'cell-reading-aid': { title: '单元格带有拼音标注', advice: '请清除标注后重新填写' },
  'cell-number-in-text-column': { title: '单元格是数字格式', advice: '请把格式改为文本后重新填写' },
  'cell-required': { title: '此项必填', advice: '请填写' },
  'cell-too-long': { title: '内容过长', advice: '请缩短' },
  'cell-unreadable': { title: '单元格含有控制字符或乱码', advice: '请重新填写' },
  'cell-outside-columns': { title: '模板各列右侧还有内容', advice: '请清除' },
} as const;
