import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Caller } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { codesOf, Registry } from '../testing/registry.js';

const registry = new Registry();
let root: Caller;
let manager: Caller;
let evaluation: string;
beforeAll(async () => {
  await registry.start();
  root = await registry.bootstrapped();
  evaluation = await registry.organisation('evaluation-institution');
  await registry.account(root, 'manager', evaluation, ['user-manager']);
  await registry.account(root, 'head', evaluation, ['evaluation-approver']);
  manager = await registry.signedIn('manager');
});
afterAll(() => registry.stop());

const why = { reason: '需要发布成绩' };

it('A06 Whoever lacks a permission sees which, asks for it, and the user managers have it on their list', async () => {
  const accountId = await registry.account(root, 'asking', evaluation, ['evaluation-preparer']);
  const asking = await registry.signedIn('asking');
  const permissions = (await asking.get('/me/permissions')).body.permissions as { code: string }[];
  const lacking = permissions.find(({ code }) => code === 'results:release');
  expect(lacking).toEqual({
    code: 'results:release',
    title: '发布成绩',
    held: false,
    roles: [{ role: 'evaluation-approver', title: '评价机构审批人', held: false }],
  });
  expect((await asking.get('/permissions/results:release/holders')).body).toMatchObject({
    title: '发布成绩',
    holders: [{ displayName: '欧阳建国', roles: [{ role: 'evaluation-approver' }] }],
  });

  const { status, body } = await asking.post('/permission-requests', { permission: 'results:release', ...why });

  expect([status, body]).toEqual([201, { requestId: expect.any(String), dueOn: '2026-03-07' }]);
  const { items } = (await manager.get('/permission-requests', { state: 'open' })).body;
  expect(items).toMatchObject([
    {
      id: body.requestId,
      accountId,
      displayName: '欧阳建国',
      title: '发布成绩',
      overdue: false,
      status: { state: 'open', waitsFor: 'user-manager', dueOn: '2026-03-07' },
    },
  ]);
  expect((await manager.post(`/permission-requests/${body.requestId}/grant`)).body).toEqual({
    requestId: body.requestId,
    role: 'evaluation-approver',
  });
  expect((await registry.signedIn('asking').then((again) => again.get('/me'))).body.permissions).toContainEqual({
    code: 'results:release',
    title: '发布成绩',
  });
  expect((await asking.get('/me/permission-requests')).body.items).toMatchObject([{ status: { state: 'granted' } }]);
  expect(codesOf(await manager.post(`/permission-requests/${body.requestId}/refuse`, why))).toEqual([
    'request-settled',
  ]);
});

it('says no with a reason, and marks what nobody answers in time', async () => {
  await registry.account(root, 'refused', evaluation, ['evaluation-preparer']);
  const refused = await registry.signedIn('refused');
  const { requestId } = (await refused.post('/permission-requests', { role: 'evaluation-approver', ...why })).body;
  registry.service.clock.set('2026-03-08T09:00:00+08:00');
  expect((await manager.get('/permission-requests', { state: 'open' })).body.items).toMatchObject([{ overdue: true }]);
  registry.service.clock.set('2026-03-02T09:00:00+08:00');

  await manager.post(`/permission-requests/${requestId}/refuse`, { reason: '已有两名审批人' });

  expect((await refused.get('/me/permission-requests')).body.items).toMatchObject([
    { settlementReason: '已有两名审批人', status: { state: 'refused', waitsFor: null, dueOn: null } },
  ]);
});

it('refuses to ask for what is held, what is asked for, and what no role here gives', async () => {
  await registry.account(root, 'eager', evaluation, ['evaluation-preparer']);
  const eager = await registry.signedIn('eager');
  const ask = (more: object) => eager.post('/permission-requests', { ...more, ...why });

  expect(codesOf(await ask({ permission: 'results:record' }))).toEqual(['role-held']);
  expect(codesOf(await ask({ role: 'department-approver' }))).toEqual(['role-not-of-organisation']);
  const both = await Promise.all([ask({ role: 'evaluation-approver' }), ask({ role: 'evaluation-approver' })]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(both.flatMap(codesOf)).toEqual(['request-open']);
  expect([(await ask({})).status, (await ask({ role: 'x', permission: 'y' })).status]).toEqual([400, 400]);
});

it('asks the user manager which role, where several would do', async () => {
  await registry.account(root, 'bare', evaluation, ['user-manager']);
  const bare = await registry.signedIn('bare');
  const { requestId } = (await bare.post('/permission-requests', { permission: 'results:read', ...why })).body;
  const grant = (role?: string) => manager.post(`/permission-requests/${requestId}/grant`, role ? { role } : {});

  expect(codesOf(await grant())).toEqual(['request-role-missing']);
  expect(codesOf(await grant('user-manager'))).toEqual(['role-not-of-organisation']);
  expect(codesOf(await grant('evaluation-preparer'))).toEqual(['manager-apart']);
  expect(codesOf(await bare.post(`/permission-requests/${requestId}/grant`, { role: 'evaluation-preparer' }))).toEqual([
    'manager-apart',
    'own-role',
  ]);
});

it('shows requests and holders of the own organisation alone', async () => {
  const foreign = registry.service.as({ permissions: ['members:manage'], organisationId: randomUUID() });
  const [request] = await registry.service.query<{ id: string }>('select id from permission_request limit 1');

  expect((await foreign.get('/permission-requests')).body.total).toBe(0);
  expect((await foreign.post(`/permission-requests/${request?.id}/grant`)).status).toBe(404);
  expect((await foreign.get('/permissions/results:release/holders')).body.holders).toEqual([]);
  expect((await manager.get('/permissions/made-up/holders')).status).toBe(404);
});
