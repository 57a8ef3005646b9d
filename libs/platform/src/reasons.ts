/** What a refusal says to a person. */
export interface Reason {
  /** One plain sentence in the programme's words. */
  readonly title: string;
  /** What to do about it. */
  readonly advice: string;
  /** The document and article the rule comes from; left out where the rule is our own. */
  readonly source?: string;
}

/** Every refusal a service can give, by its stable code. */
export type ReasonCatalogue = Readonly<Record<string, Reason>>;

/** What is wrong with one row. It names the place and the rule, never the value. */
export interface RowFault {
  /** The row in the file, where there is one; the header is row 1. */
  readonly row?: number;
  readonly column?: string;
  readonly cell?: string;
  /** The caller's own reference, where the row came through the interface. */
  readonly reference?: string;
  readonly rule: string;
  readonly advice: string;
}

/** Refusals and conflicts that the platform itself gives. */
export const platformReasons = {
  'request-invalid': { title: '请求内容不符合要求', advice: '请按 faults 中列出的字段逐项修改后重新提交' },
  'request-malformed': { title: '请求无法解析', advice: '请检查请求正文的格式与 Content-Type' },
  'not-signed-in': { title: '尚未登录或登录已过期', advice: '请重新登录' },
  'access-withdrawn': { title: '您的权限已被撤回', advice: '请联系本单位的用户管理员' },
  'permission-missing': { title: '缺少所需的权限', advice: '请向本单位的用户管理员申请该权限' },
  'not-found': { title: '没有找到，或您无权查看', advice: '请核对编号' },
  'in-progress': { title: '同一请求正在处理', advice: '请稍候再用同一个 Idempotency-Key 重试' },
  'stale-version': { title: '内容已被他人更新', advice: '请刷新后在最新版本上修改' },
  'not-yet-known': { title: '相关信息正在同步', advice: '请按 Retry-After 稍后重试' },
  'key-reused': { title: '同一个 Idempotency-Key 已用于另一内容', advice: '请为新的请求换一个 Idempotency-Key' },
  'key-missing': {
    title: '缺少 Idempotency-Key',
    advice: '请为每次提交提供一个不重复的 Idempotency-Key（8 到 128 个字符）',
  },
  'if-match-missing': { title: '缺少 If-Match', advice: '请在 If-Match 中给出您读到的版本号' },
  'export-too-large': { title: '符合条件的行超过一万行', advice: '请缩小筛选范围，分几次导出' },
  'file-too-large': { title: '文件或请求过大', advice: '请拆分后上传' },
  'file-type-unknown': { title: '不支持的内容类型', advice: '请使用接口说明中列出的 Content-Type' },
  'file-content-differs': {
    title: '文件内容与声明的类型不符',
    advice: '请上传与 Content-Type 一致的 PDF、PNG、JPEG 或 XLSX 文件',
  },
  'file-unreadable': {
    title: '文件无法读取',
    advice: '文件存储中缺少该文件，或其内容已与留存的摘要不符，重试无效：请记下追踪号并联系运维人员',
  },
  'too-many-requests': { title: '请求过于频繁', advice: '请按 Retry-After 稍后重试' },
  unavailable: { title: '服务暂时不可用', advice: '请按 Retry-After 稍后重试；已提交成功的内容不会丢失' },
  internal: { title: '系统内部出现问题', advice: '请记下追踪号并联系运维人员；本次提交没有生效' },
  'production-refuses': { title: '正式环境不提供此功能', advice: '此功能仅用于演示' },
} as const satisfies ReasonCatalogue;
