/** Everything this service can refuse with. What is not found is an answer, not a refusal. */
export const reasons = {
  'registry-number-format': {
    title: '登记号的位数或格式不正确',
    advice: '登记号形如 37-2026-0000123-33，共 15 位数字，请对照证书重新输入',
  },
  'registry-number-check': {
    title: '登记号的校验位不符，有数字输错了',
    advice: '请对照证书逐位核对登记号；未进行查询',
  },
} as const;
