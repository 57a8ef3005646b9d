const advice: Readonly<Record<string, string>> = {
  'key-missing': '请在请求头 Idempotency-Key 中给出 8 到 128 个字符',
  'if-match-missing': '请在请求头 If-Match 中给出您读到的版本号',
  'cursor-unknown': '请使用上一页返回的 next',
  required: '必填',
  whitelistValidation: '没有这个字段，请删除',
  matches: '格式不正确，请参照接口说明',
  isIso8601: '应为真实存在的日期或时间，如 2026-03-01',
  isString: '应为文字',
  isPlain: '请勿在此填写证件号码、手机号码或网页代码',
  isLength: '长度超出范围',
  isInt: '应为整数',
  isNumber: '应为数字，最多一位小数',
  isBoolean: '应为 true 或 false',
  isIn: '请从允许的取值中选择',
  isArray: '应为数组',
  isObject: '应为对象',
  arrayMinSize: '条目过少',
  arrayMaxSize: '条目过多',
  min: '数值过小',
  max: '数值过大',
  nestedValidation: '应为对象',
};

/** What to do about a field that failed a check. */
export const adviceFor = (check: string) => advice[check] ?? '请参照接口说明修改';
