/** What a workbook is refused with before its rows are looked at; the codes are those of the workbooks library. */
export const workbookReasons = {
  'workbook-no-content': { title: '文件是空的', advice: '请重新保存后再上传' },
  'workbook-too-large': { title: '文件太大', advice: '请拆分后分批上传' },
  'workbook-old-format': { title: '这是旧版 .xls 文件', advice: '请在表格软件中“另存为” .xlsx 后再上传' },
  'workbook-encrypted': { title: '文件设有打开密码', advice: '请去掉密码后再上传' },
  'workbook-web-page': { title: '这是网页文件', advice: '请下载模板填写后再上传' },
  'workbook-plain-text': { title: '这是文本或 CSV 文件', advice: '请在表格软件中“另存为” .xlsx' },
  'workbook-not-zip': { title: '这不是 .xlsx 文件', advice: '请下载模板填写后再上传' },
  'workbook-not-xlsx': { title: '压缩包里没有 .xlsx 工作簿', advice: '请在表格软件中“另存为” .xlsx' },
  'workbook-has-macros': { title: '文件带有宏', advice: '请“另存为”不含宏的 .xlsx' },
  'workbook-damaged': { title: '文件已损坏或不规范', advice: '请用表格软件打开并重新“另存为” .xlsx' },
  'workbook-too-many-entries': { title: '文件内部的部件过多', advice: '请把内容复制到新下载的模板中' },
  'workbook-expands-too-much': { title: '文件解开后过大', advice: '请把内容复制到新下载的模板中' },
  'workbook-timeout': { title: '读取超时', advice: '请删去多余的行、格式和工作表后再上传' },
  'workbook-header-differs': { title: '表头与模板不一致', advice: '请下载模板填写后再上传' },
  'workbook-no-rows': { title: '只有表头，没有数据行', advice: '请填写后再上传' },
  'workbook-too-many-rows': { title: '数据行数超过上限', advice: '请核对文件' },
} as const;
