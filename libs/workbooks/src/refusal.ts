const advice = {
  'workbook-no-content': '文件是空的（0 字节），请重新保存后再上传。',
  'workbook-too-large': '文件太大，请拆分后分批上传。',
  'workbook-old-format': '这是旧版 .xls 文件，请在表格软件中“另存为” .xlsx 后再上传。',
  'workbook-encrypted': '文件设有打开密码，请去掉密码后再上传。',
  'workbook-web-page': '这是网页文件，不是 .xlsx，请下载模板填写后再上传。',
  'workbook-plain-text': '这是文本或 CSV 文件，只改扩展名是不够的，请在表格软件中“另存为” .xlsx。',
  'workbook-not-zip': '这不是 .xlsx 文件，请下载模板填写后再上传。',
  'workbook-not-xlsx': '压缩包里没有 .xlsx 工作簿，请在表格软件中“另存为” .xlsx。',
  'workbook-has-macros': '文件带有宏，请“另存为”不含宏的 .xlsx。',
  'workbook-damaged': '文件已损坏或不规范，请用表格软件打开并重新“另存为” .xlsx。',
  'workbook-too-many-entries': '文件内部的部件过多，请把内容复制到新下载的模板中。',
  'workbook-expands-too-much': '文件解开后过大，请把内容复制到新下载的模板中。',
  'workbook-timeout': '读取超时，请删去多余的行、格式和工作表后再上传。',
  'workbook-header-differs': '表头与模板不一致。',
  'workbook-no-rows': '只有表头，没有数据行。',
  'workbook-too-many-rows': '数据行数超过上限，请拆分后分批上传。',
} as const;

export type RefusalCode = keyof typeof advice;

/** The file as a whole cannot be taken; the code is stable and the advice says in Chinese what to do. */
export class WorkbookRefused extends Error {
  override readonly name = 'WorkbookRefused';
  readonly advice: string;

  constructor(
    readonly code: RefusalCode,
    detail = '',
  ) {
    super(code);
    this.advice = advice[code] + detail;
  }
}
