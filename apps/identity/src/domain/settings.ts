/** What the office may decide about accounts, with the words for it. */
export const settings = {
  'invitation-days': { title: '邀请码有效天数', kind: 'days' },
  'permission-request-days': { title: '权限申请处理天数', kind: 'days' },
  'sign-in-history-days': { title: '登录记录保存天数', kind: 'days' },
  'second-factor-required': { title: '管理员和审批人必须启用动态口令', kind: 'switch' },
  'user-manager-apart': { title: '用户管理员不得在同一单位兼任业务角色', kind: 'switch' },
} as const;

export type SettingName = keyof typeof settings;
export const settingNames = Object.keys(settings) as SettingName[];

/** Is this a value the setting can have? */
export const isInRange = (name: SettingName, value: number) =>
  settings[name].kind === 'switch' ? value <= 1 : value >= 1 && value <= 3650;
