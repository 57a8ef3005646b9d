import type { ReasonCatalogue } from '@shuzheng/platform';

/** Everything this service can refuse with. */
export const reasons = {
  'credit-code-length': { title: '统一社会信用代码应为 18 位', advice: '请核对位数', source: 'GB 32100-2015' },
  'credit-code-characters': {
    title: '统一社会信用代码含有不允许的字符',
    advice: '请核对，代码中没有 I、O、Z、S、V',
    source: 'GB 32100-2015',
  },
  'credit-code-check': { title: '统一社会信用代码校验位不符', advice: '请对照证照逐位核对', source: 'GB 32100-2015' },
  'credit-code-taken': { title: '该统一社会信用代码已登记', advice: '请查询已登记的机构' },
  'city-unknown': { title: '不是本省的设区的市', advice: '请填写六位行政区划代码' },
} as const satisfies ReasonCatalogue;
