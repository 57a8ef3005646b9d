import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AccessWithdrawn } from '@shuzheng/contracts';
import type { Caller } from '@shuzheng/platform/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { codesOf, Registry } from '../testing/registry.js';

const registry = new Registry();
let root: Caller;
let training: string;
beforeAll(async () => {
  await registry.start();
  root = await registry.bootstrapped();
  training = await registry.organisation('training-institution');
});
afterAll(() => registry.stop());

const withdrawal = (organisationId: string) => ({ organisationId, reason: '岗位调整' });

async function refusedWithin(caller: Caller, ms: number) {
  for (const end = Date.now() + ms; Date.now() < end; await pause(50)) {
    const { status, body } = await caller.get('/me');
    if (status === 401) return body.code;
  }
  return 'still admitted';
}

it('withdraws a membership at once: its sessions end and its token is refused within two seconds', async () => {
  const accountId = await registry.account(root, 'leaving', training, ['training-preparer']);
  const { body: session } = await registry.signIn('leaving');
  const leaver = registry.bearing(session.accessToken);
  expect((await leaver.get('/me')).status).toBe(200);

  const { status, body } = await root.post(`/accounts/${accountId}/memberships/withdraw`, withdrawal(training));

  expect({ status, body }).toEqual({
    status: 201,
    body: { accountId, organisationId: training, withdrawnAt: expect.any(String), sessionsEnded: 1 },
  });
  expect(Math.abs(Date.now() - new Date(body.withdrawnAt).getTime())).toBeLessThan(5000);
  expect(await refusedWithin(leaver, 2000)).toBe('access-withdrawn');
  expect((await registry.service.announced()).at(-1)).toEqual({
    type: AccessWithdrawn.type,
    data: { accountId, organisationId: training, withdrawnAt: body.withdrawnAt },
  });
  expect((await registry.stranger.post('/sessions/refresh', { refreshToken: session.refreshToken })).status).toBe(401);
  expect((await registry.signIn('leaving')).status).toBe(401);
  expect((await root.post(`/accounts/${accountId}/memberships/withdraw`, withdrawal(training))).status).toBe(404);
});

it('gives a membership again after it was withdrawn, with tokens that are good', async () => {
  const accountId = await registry.account(root, 'returning', training, ['training-preparer']);
  await root.post(`/accounts/${accountId}/memberships/withdraw`, withdrawal(training));
  await root.post(`/accounts/${accountId}/memberships`, { organisationId: training, roles: ['training-approver'] });

  await pause(1500);

  expect((await (await registry.signedIn('returning')).get('/me')).body.memberships).toMatchObject([
    { roles: ['training-approver'] },
  ]);
});

it('withdraws one membership and leaves the other', async () => {
  const other = await registry.organisation('evaluation-institution');
  const accountId = await registry.account(root, 'of-two', training, ['training-preparer']);
  await root.post(`/accounts/${accountId}/memberships`, { organisationId: other, roles: ['evaluation-preparer'] });
  const [here, there] = [
    await registry.signedIn('of-two', { organisationId: training }),
    await registry.signedIn('of-two', { organisationId: other }),
  ];

  const { body } = await root.post(`/accounts/${accountId}/memberships/withdraw`, withdrawal(training));

  expect(body.sessionsEnded).toBe(1);
  expect(await refusedWithin(here, 2000)).toBe('access-withdrawn');
  expect((await there.get('/me')).status).toBe(200);
});

it('keeps an organisation’s last user manager as long as others are members', async () => {
  const organisationId = await registry.organisation('training-institution');
  const managerId = await registry.account(root, 'last-manager', organisationId, ['user-manager']);
  const preparerId = await registry.account(root, 'its-preparer', organisationId, ['training-preparer']);
  const withdraw = (id: string) => root.post(`/accounts/${id}/memberships/withdraw`, withdrawal(organisationId));

  expect(codesOf(await withdraw(managerId))).toEqual(['last-user-manager']);
  expect(codesOf(await root.post(`/accounts/${managerId}/withdraw`, { reason: '离职' }))).toEqual([
    'last-user-manager',
  ]);
  expect((await withdraw(preparerId)).status).toBe(201);
  expect((await withdraw(managerId)).status).toBe(201);
});

it('lets one of two managers go who leave at once', async () => {
  const organisationId = await registry.organisation('training-institution');
  const managers = [
    await registry.account(root, 'manager-a', organisationId, ['user-manager']),
    await registry.account(root, 'manager-b', organisationId, ['user-manager']),
  ];
  await registry.account(root, 'the-third', organisationId, ['training-preparer']);

  const both = await Promise.all(
    managers.map((id) => root.post(`/accounts/${id}/memberships/withdraw`, withdrawal(organisationId))),
  );

  expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(both.flatMap(codesOf)).toEqual(['last-user-manager']);
});

it('lets a user manager withdraw a colleague, and only an administrator close an account', async () => {
  const organisationId = await registry.organisation('training-institution');
  await registry.account(root, 'manager-c', organisationId, ['user-manager']);
  const manager = await registry.signedIn('manager-c');
  const accountId = await registry.account(manager, 'colleague', organisationId, ['training-preparer']);

  const refused = await manager.post(`/accounts/${accountId}/withdraw`, { reason: '离职' });
  const withdrawn = await manager.post(`/accounts/${accountId}/memberships/withdraw`, withdrawal(organisationId));

  expect([refused.status, refused.body.permission]).toEqual([403, 'accounts:manage']);
  expect(withdrawn.status).toBe(201);
});

it('closes an account for good, everywhere', async () => {
  const accountId = await registry.account(root, 'closing', training, ['training-preparer']);
  const closed = await registry.signedIn('closing');

  const { body } = await root.post(`/accounts/${accountId}/withdraw`, { reason: '离职' });

  expect(body).toMatchObject({ accountId, sessionsEnded: 1 });
  expect((await registry.service.announced()).at(-1)).toMatchObject({
    type: AccessWithdrawn.type,
    data: { accountId, organisationId: null },
  });
  expect(await refusedWithin(closed, 2000)).toBe('access-withdrawn');
  expect((await registry.signIn('closing')).status).toBe(401);
  expect(codesOf(await root.post(`/accounts/${accountId}/withdraw`, { reason: '离职' }))).toEqual([
    'already-withdrawn',
  ]);
  expect((await root.get('/accounts', { state: 'withdrawn', loginName: 'closing' })).body.total).toBe(1);
  expect(
    (await root.post(`/accounts/${accountId}/memberships`, { organisationId: training, roles: ['user-manager'] }))
      .status,
  ).toBe(404);
});

it('makes no token that outlives a withdrawal, however the two meet', async () => {
  for (let i = 0; i < 5; i++) {
    const loginName = `racing-${i}`;
    const accountId = await registry.account(root, loginName, training, ['training-preparer']);
    const [signedIn, withdrawn] = await Promise.all([
      registry.signIn(loginName),
      pause(10 + i * 10).then(() => root.post(`/accounts/${accountId}/withdraw`, { reason: '离职' })),
    ]);
    expect(withdrawn.status).toBe(201);
    if (signedIn.status === 201)
      expect(await refusedWithin(registry.bearing(signedIn.body.accessToken), 2000)).toBe('access-withdrawn');
  }
});
