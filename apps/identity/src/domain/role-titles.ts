/** The roles in the words of the people who hold them. */
export const roleTitles: Readonly<Record<string, string>> = {
  'system-administrator': '系统管理员',
  'security-administrator': '安全管理员',
  auditor: '审计员',
  'user-manager': '用户管理员',
  'training-preparer': '培训机构经办人',
  'training-approver': '培训机构审批人',
  'evaluation-preparer': '评价机构经办人',
  'evaluation-approver': '评价机构审批人',
  'department-officer': '省厅经办人',
  'department-approver': '省厅审批人',
  'reply-recorder': '国家审核结果登记人',
  'city-officer': '市局经办人',
  learner: '学员',
};

/** What may be chosen, for the reader of the interface. */
export const roleChoice = Object.entries(roleTitles)
  .filter(([role]) => role !== 'learner')
  .map(([role, title]) => `${role} ${title}`)
  .join('、');
