import { DEMO_PASSWORD, type Step, type World } from './world.js';

export const DEPARTMENT = '00000000-0000-4000-8000-000000370000';
const JINAN_BUREAU = '00000000-0000-4000-8000-000000370100';
const OPERATOR = '00000000-0000-4000-8000-000000000001';

export const SUBJECT = {
  occupationCode: '2-02-38-05',
  edition: '2021年版',
  level: 'junior',
  direction: '智能装备与产线应用',
} as const;

interface Registered {
  readonly organisationId: string;
}

const account = (
  world: World,
  loginName: string,
  displayName: string,
  organisationId: string,
  roles: readonly string[],
) =>
  world
    .as('demo-admin')
    .post(
      'identity/accounts',
      { loginName, displayName, password: DEMO_PASSWORD, organisationId, roles },
      { key: world.key(loginName) },
    );

/** The demo province: the department, one city, one institution of each kind, and who works there. */
export const province: readonly Step[] = [
  {
    title: '首位系统管理员凭一次性代码开通',
    async run(world) {
      const code = world.options.bootstrapCode();
      await world.stranger.post(
        'identity/bootstrap',
        { code, loginName: 'demo-admin', displayName: '演示管理员', password: DEMO_PASSWORD },
        { key: world.key() },
      );
      await world.moveClocks(world.daysBack(150));
    },
  },
  {
    title: '开通省厅与市局账号',
    async run(world) {
      await account(world, 'demo-hr-officer', '演示省厅经办人', DEPARTMENT, ['department-officer']);
      await account(world, 'demo-hr-approver', '演示省厅审批人', DEPARTMENT, ['department-approver']);
      await account(world, 'demo-hr-recorder', '演示省厅登记人', DEPARTMENT, ['reply-recorder']);
      await account(world, 'demo-city-officer', '演示市局经办人', JINAN_BUREAU, ['city-officer']);
      await account(world, 'demo-auditor', '演示审计员', OPERATOR, ['auditor']);
      await account(world, 'demo-security', '演示安全管理员', OPERATOR, ['security-administrator']);
    },
  },
  {
    title: '省厅登记培训机构与评价机构，录入目录条目',
    async run(world) {
      const officer = world.as('demo-hr-officer');
      const register = (name: string, creditCode: string, role: string) =>
        officer.post<Registered>(
          'institutions/organisations',
          { name, creditCode, cityCode: '370100', role },
          { key: world.key(role) },
        );
      const training = await register('泉城智能制造培训中心（演示）', '91370100MA3DEMP01T', 'training-institution');
      const evaluation = await register('海右数字技术评价中心（演示）', '91370100MA3DEMP02X', 'evaluation-institution');
      const enter = (organisationId: string, role: string) =>
        officer.post(
          'institutions/directory-entries',
          {
            organisationId,
            role,
            occupationCode: SUBJECT.occupationCode,
            direction: null,
            levels: ['junior', 'intermediate'],
            from: world.daysBack(500),
            to: world.daysBack(-500),
            batch: '演示批次',
            source: '演示数据，并非人力资源社会保障部目录',
          },
          { key: world.key(`entry-${role}`) },
        );
      await enter(training.organisationId, 'training');
      await enter(evaluation.organisationId, 'evaluation');
      world.remember({ training: training.organisationId, evaluation: evaluation.organisationId });
    },
  },
  {
    title: '开通培训机构与评价机构账号',
    async run(world) {
      const [training, evaluation] = [world.recall('training'), world.recall('evaluation')];
      await account(world, 'demo-ti-manager', '演示培训机构用户管理员', training, ['user-manager']);
      await account(world, 'demo-ti-preparer', '演示培训机构经办人', training, ['training-preparer']);
      await account(world, 'demo-ti-approver', '演示培训机构负责人', training, ['training-approver']);
      await account(world, 'demo-ei-manager', '演示评价机构用户管理员', evaluation, ['user-manager']);
      await account(world, 'demo-ei-preparer', '演示评价机构经办人', evaluation, ['evaluation-preparer']);
      await account(world, 'demo-ei-approver', '演示评价机构负责人', evaluation, ['evaluation-approver']);
    },
  },
];
