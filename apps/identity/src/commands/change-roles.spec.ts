import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Caller } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { anAccount, codesOf, OPERATOR, Registry, refusedWithin } from '../testing/registry.js';

const registry = new Registry();
let root: Caller;
let training: string;
beforeAll(async () => {
  await registry.start();
  root = await registry.bootstrapped();
  training = await registry.organisation('training-institution');
});
afterAll(() => registry.stop());

const change = (by: Caller, id: string, roles: string[], ifMatch = 1, organisationId = training) =>
  by.put(`/accounts/${id}/memberships/${organisationId}`, { roles }, { ifMatch });

it('A05 The last user manager cannot drop that permission, and is told why', async () => {
  const organisationId = await registry.organisation('training-institution');
  const managerId = await registry.account(root, 'only-manager', organisationId, ['user-manager']);
  await registry.account(root, 'somebody', organisationId, ['training-preparer']);
  const manager = await registry.signedIn('only-manager');

  const dropped = await change(manager, managerId, ['training-preparer'], 1, organisationId);
  const left = await manager.post(`/accounts/${managerId}/memberships/withdraw`, { organisationId, reason: '换岗' });
  const closed = await root.post(`/accounts/${managerId}/withdraw`, { reason: '离职' });

  expect(codesOf(dropped)).toEqual(['own-role', 'last-user-manager']);
  expect([codesOf(left), codesOf(closed)]).toEqual([['last-user-manager'], ['last-user-manager']]);
  expect(dropped.body.reasons[1].advice).toContain('请先指定另一名用户管理员');
  expect(codesOf(await change(root, managerId, ['training-preparer'], 1, organisationId))).toEqual([
    'last-user-manager',
  ]);
});

it('lets a second user manager take over from the first', async () => {
  const organisationId = await registry.organisation('training-institution');
  const first = await registry.account(root, 'first-manager', organisationId, ['user-manager']);
  await registry.account(root, 'second-manager', organisationId, ['user-manager']);

  const { status, body } = await change(root, first, ['training-preparer'], 1, organisationId);

  expect([status, body]).toEqual([200, { accountId: first, organisationId, version: 2, sessionsEnded: 0 }]);
  expect((await change(root, first, ['training-approver'], 1, organisationId)).body.code).toBe('stale-version');
});

it('refuses tokens at once that hold what was taken away, and leaves those that only lack what was added', async () => {
  const accountId = await registry.account(root, 'growing', training, ['training-preparer']);
  const growing = await registry.signedIn('growing');

  expect((await change(root, accountId, ['training-preparer', 'training-approver'])).body.sessionsEnded).toBe(0);
  expect((await growing.get('/me')).status).toBe(200);
  expect((await change(root, accountId, ['training-approver'], 2)).body.sessionsEnded).toBe(1);
  expect(await refusedWithin(growing, 2000)).toBe('access-withdrawn');
  expect((await registry.signIn('growing')).body.memberships).toEqual([
    { organisationId: training, roles: ['training-approver'] },
  ]);
});

it('keeps the three administrators apart, over time and over organisations', async () => {
  const accountId = await registry.account(root, 'was-auditor', OPERATOR, ['auditor']);
  const again = (roles: string[]) =>
    root.post(`/accounts/${accountId}/memberships`, { organisationId: OPERATOR, roles });
  await root.post(`/accounts/${accountId}/memberships/withdraw`, { organisationId: OPERATOR, reason: '换岗' });

  expect(codesOf(await again(['security-administrator']))).toEqual(['roles-combined']);
  expect(codesOf(await again(['system-administrator']))).toEqual(['roles-combined']);
  expect((await again(['auditor'])).status).toBe(201);
  await expect(
    registry.service.query(`update membership set roles = '{security-administrator}' where account_id = $1`, [
      accountId,
    ]),
  ).rejects.toThrow('administrator_for_good');
});

it('gives nobody a role by their own hand', async () => {
  await registry.account(root, 'self-server', training, ['user-manager']);
  const own = await registry.service.query<{ id: string }>(`select id from account where login_name = 'self-server'`);
  const manager = await registry.signedIn('self-server');
  const other = await registry.organisation('evaluation-institution');
  const rootId = (await root.get('/me')).body.accountId;

  expect(codesOf(await change(manager, own[0]?.id ?? '', ['user-manager', 'training-approver']))).toEqual([
    'manager-apart',
    'own-role',
  ]);
  expect(
    codesOf(
      await root.post(`/accounts/${rootId}/memberships`, { organisationId: other, roles: ['evaluation-approver'] }),
    ),
  ).toEqual(['own-role']);
});

it('lets no preparer who also manages users make their own approver, where the office allows both at once', async () => {
  await registry.account(root, 'office-security', OPERATOR, ['security-administrator']);
  const security = await registry.signedIn('office-security');
  const setting = { name: 'user-manager-apart', value: 0, from: '2026-03-02', document: '省厅设定' };
  expect((await security.post('/settings', setting)).status).toBe(201);
  const both = await registry.organisation('training-institution');
  await registry.account(root, 'prepares-manages', both, ['user-manager', 'training-preparer']);
  const approverId = await registry.account(root, 'approves', both, ['training-approver']);
  const manager = await registry.signedIn('prepares-manages');
  const account = anAccount({ organisationId: both, roles: ['training-approver'] });

  expect(codesOf(await manager.post('/accounts', account))).toEqual(['own-approver']);
  expect(codesOf(await manager.post('/invitations', { displayName: '某人', roles: ['training-approver'] }))).toEqual([
    'own-approver',
  ]);
  expect(codesOf(await manager.post(`/accounts/${approverId}/password-resets`, { reason: '忘记密码' }))).toEqual([
    'own-approver',
  ]);
  expect((await manager.post('/accounts', { ...account, roles: ['training-preparer'] })).status).toBe(201);
});

it('records settings from today on, within their range, with who may', async () => {
  const security = registry.service.as({
    permissions: ['security:manage'],
    organisationId: OPERATOR,
    reach: 'province',
  });
  const setting = { name: 'invitation-days', value: 3, from: '2026-03-02', document: '省厅设定' };

  expect(codesOf(await security.post('/settings', { ...setting, from: '2026-03-01', value: 0 }))).toEqual([
    'setting-back',
    'setting-range',
  ]);
  expect((await root.post('/settings', setting)).status).toBe(403);
  await security.post('/settings', setting);
  await security.post('/settings', { ...setting, value: 9, from: '2026-04-01' });
  const { expiresAt } = (
    await root.post('/invitations', { displayName: '某人', roles: ['training-preparer'], organisationId: training })
  ).body;
  expect(Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000)).toBe(3);
  expect((await root.get('/settings', { name: 'invitation-days' })).body).toMatchObject({
    total: 3,
    items: [{ value: 9, title: '邀请码有效天数' }, { value: 3 }, { value: 7, document: '平台初始值，待省厅设定' }],
  });
});

it('changes no roles of a foreign organisation', async () => {
  const accountId = await registry.account(root, 'hidden', training, ['training-preparer']);
  const foreign = registry.service.as({ permissions: ['members:manage'], organisationId: randomUUID() });

  expect((await change(foreign, accountId, ['training-approver'])).status).toBe(404);
  expect((await change(root, accountId, ['training-approver'], 1, randomUUID())).status).toBe(404);
});
