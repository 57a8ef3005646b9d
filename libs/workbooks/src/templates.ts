import type { Column, Template } from './template.js';

const documentKinds = [
  '居民身份证',
  '港澳台居民居住证',
  '外国人永久居留身份证（2023版）',
  '外国人永久居留身份证（2017版）',
  '港澳居民来往内地通行证',
  '台湾居民来往大陆通行证',
  '护照',
] as const;
const holderName: Column = { key: 'name', header: '姓名', required: true, text: true, width: 14, maxLength: 50 };
const documentKind: Column = {
  key: 'documentKind',
  header: '证件类型',
  required: true,
  text: true,
  width: 20,
  values: documentKinds,
};
const documentNumber: Column = {
  key: 'documentNumber',
  header: '证件号码',
  required: true,
  text: true,
  width: 24,
  maxLength: 30,
  note: '请按文本填写，不要让表格软件把号码变成数字。',
};
const remark: Column = { key: 'remark', header: '备注', required: false, text: true, width: 24, maxLength: 500 };
const yesNo = ['是', '否'] as const;

/** 学员名单: what a training institution sends before a class opens. */
export const rosterTemplate: Template = {
  code: 'roster',
  version: '1',
  sheet: '学员名单',
  columns: [
    { key: 'reference', header: '机构编号', required: false, text: true, width: 14, note: '机构自己的编号，可不填。' },
    holderName,
    documentKind,
    documentNumber,
    // A telephone number fits into a number cell unharmed, and that is how most people type it.
    { key: 'phone', header: '联系电话', required: true, width: 16, maxLength: 30 },
    {
      key: 'education',
      header: '文化程度',
      required: true,
      text: true,
      width: 12,
      values: ['初中', '高中', '中专', '技工院校', '大学专科', '大学本科', '硕士研究生', '博士研究生'],
    },
    { key: 'workplace', header: '工作单位/学校', required: true, text: true, width: 30, maxLength: 100 },
    {
      key: 'personKind',
      header: '人员类别',
      required: true,
      text: true,
      width: 14,
      values: ['在职', '应届毕业生', '其他'],
    },
    { key: 'retired', header: '是否退休', required: true, text: true, width: 10, values: yesNo },
  ],
};

/** 成绩: both parts of an assessment, marked out of 100. */
export const resultTemplate: Template = {
  code: 'result',
  version: '1',
  sheet: '成绩',
  columns: [
    { key: 'admissionNumber', header: '准考证号', required: true, text: true, width: 22, maxLength: 30 },
    holderName,
    { key: 'theory', header: '理论知识', required: false, width: 12, note: '百分制；缺考时不填。' },
    { key: 'ability', header: '专业能力', required: false, width: 12, note: '百分制；缺考时不填。' },
    { key: 'absent', header: '缺考', required: false, text: true, width: 8, values: yesNo },
    { key: 'misconduct', header: '违纪', required: false, text: true, width: 8, values: yesNo },
    remark,
  ],
};

/** 证书数据上报: the rows sent up for national review. */
export const packageTemplate: Template = {
  code: 'package',
  version: '1',
  sheet: '证书数据上报',
  columns: [
    { key: 'batch', header: '批次', required: true, text: true, width: 18 },
    { key: 'sequence', header: '序号', required: true, width: 8 },
    holderName,
    documentKind,
    documentNumber,
    { key: 'occupationName', header: '职业名称', required: true, text: true, width: 26 },
    { key: 'occupationCode', header: '职业编码', required: true, text: true, width: 14 },
    { key: 'direction', header: '方向', required: true, text: true, width: 26, note: '无方向时填“--”。' },
    { key: 'level', header: '等级', required: true, text: true, width: 8, values: ['初级', '中级', '高级'] },
    { key: 'theory', header: '理论成绩', required: true, width: 10 },
    { key: 'ability', header: '专业能力成绩', required: true, width: 14 },
    { key: 'assessor', header: '评价机构', required: true, text: true, width: 30 },
    { key: 'examDate', header: '考核日期', required: true, text: true, width: 14 },
    { key: 'registryRow', header: '登记行号', required: true, text: true, width: 22 },
  ],
};

/** 国家审核回复: the answer to a package, row by row. */
export const replyTemplate: Template = {
  code: 'reply',
  version: '1',
  sheet: '国家审核回复',
  columns: [
    { key: 'registryRow', header: '登记行号', required: true, text: true, width: 22 },
    { key: 'decision', header: '审核结果', required: true, text: true, width: 12, values: ['通过', '退回'] },
    { key: 'approvedOn', header: '审核通过日期', required: false, width: 16, note: '例如 2026-11-20；退回时不填。' },
    { key: 'opinion', header: '意见', required: false, text: true, width: 40, maxLength: 500 },
  ],
};
