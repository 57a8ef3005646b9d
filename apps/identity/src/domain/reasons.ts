import { moreReasons } from './more-reasons.js';

/** Everything this service can refuse with. */
export const reasons = {
  ...moreReasons,
  'sign-in-failed': {
    title: '登录名或密码不正确，或账号暂时锁定',
    advice: '请核对后重试；连续 5 次错误后账号锁定 15 分钟',
  },
  'bootstrap-code-wrong': { title: '开通代码不正确', advice: '请使用首次启动时写入密钥目录的 bootstrap.code' },
  'bootstrap-done': { title: '首位系统管理员已经开通', advice: '请由系统管理员登录后开通其他账号' },
  'login-name-taken': { title: '该登录名已被使用', advice: '请换一个登录名' },
  'password-weak': {
    title: '密码强度不足',
    advice: '请使用至少 10 个字符，同时含有字母、数字、符号中的两种，不含登录名，不重复少数几个字符',
  },
  'password-wrong': { title: '当前密码不正确', advice: '请核对当前密码' },
  'roles-missing': { title: '没有选择角色', advice: '请至少选择一个角色' },
  'role-not-of-organisation': { title: '该类机构没有此角色', advice: '请选择与机构类别相符的角色' },
  'roles-combined': {
    title: '系统管理员、安全管理员、审计员不得由同一账号兼任',
    advice: '请由不同的人员分别担任',
    source: 'GB/T 22239-2019',
  },
  'membership-exists': { title: '该账号已是本单位成员', advice: '如需变更角色，请使用“变更角色”' },
  'last-user-manager': {
    title: '这是该单位最后一名用户管理员',
    advice: '单位还有其他成员，请先指定另一名用户管理员',
  },
  'last-administrator': { title: '这是最后一名系统管理员', advice: '请先开通另一名系统管理员' },
  'already-withdrawn': { title: '该权限已经撤回', advice: '无需重复办理' },
  'activation-unknown': {
    title: '姓名、证件号码与激活码不相符，或激活码已使用',
    advice: '请对照培训机构发放的激活码核对；如已注册请直接登录',
  },
  'learner-registered': { title: '您已有账号', advice: '请直接登录' },
  'permission-not-of-organisation': {
    title: '该类机构的接口程序不能持有此权限',
    advice: '请选择与机构类别相符、且不涉及账号管理的权限',
  },
} as const;
