import type { Template } from '@shuzheng/workbooks';

/** The ministry's directory as a list to fill in. */
export const directoryTemplate: Template = {
  code: 'directory',
  version: '1',
  sheet: '机构目录',
  columns: [
    {
      key: 'creditCode',
      header: '统一社会信用代码',
      required: false,
      text: true,
      width: 24,
      maxLength: 30,
      note: '不填时按机构名称查找。',
    },
    { key: 'organisationName', header: '机构名称', required: true, text: true, width: 36, maxLength: 200 },
    { key: 'role', header: '目录类别', required: true, text: true, width: 12, values: ['培训机构', '评价机构'] },
    { key: 'occupationCode', header: '职业编码', required: true, text: true, width: 14, maxLength: 30 },
    { key: 'occupationName', header: '职业名称', required: false, text: true, width: 26, maxLength: 100 },
    {
      key: 'direction',
      header: '职业方向',
      required: false,
      text: true,
      width: 26,
      maxLength: 100,
      note: '目录未写明方向时不填，表示全部方向。',
    },
    {
      key: 'levels',
      header: '等级',
      required: false,
      text: true,
      width: 18,
      maxLength: 30,
      note: '例如“初级、中级”；目录未区分等级时不填。',
    },
    { key: 'from', header: '有效期起', required: true, width: 14, maxLength: 20, note: '例如 2026-01-01。' },
    { key: 'to', header: '有效期止', required: false, width: 14, maxLength: 20, note: '最后一日；未写明时不填。' },
  ],
};
