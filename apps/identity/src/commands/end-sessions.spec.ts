import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SessionEnded } from '@shuzheng/contracts';
import type { Caller } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { OPERATOR, PASSWORD, Registry, refusedWithin } from '../testing/registry.js';

const registry = new Registry();
let root: Caller;
let manager: Caller;
let security: Caller;
let training: string;
let memberId: string;
beforeAll(async () => {
  await registry.start();
  root = await registry.bootstrapped();
  training = await registry.organisation('training-institution');
  await registry.account(root, 'manager', training, ['user-manager']);
  await registry.account(root, 'security', OPERATOR, ['security-administrator']);
  memberId = await registry.account(root, 'member', training, ['training-preparer']);
  manager = await registry.signedIn('manager');
  security = await registry.signedIn('security');
});
afterAll(() => registry.stop());

const because = { reason: '设备遗失' };

it('refuses the access token everywhere within two seconds of signing out', async () => {
  const { accessToken, sessionId } = (await registry.signIn('member')).body;
  const member = registry.bearing(accessToken);

  expect((await member.delete('/sessions/current')).status).toBe(204);

  expect((await registry.service.announced()).at(-1)).toEqual({
    type: SessionEnded.type,
    data: { accountId: memberId, sessionId, endedAt: expect.any(String) },
  });
  expect(await refusedWithin(member, 2000)).toBe('access-withdrawn');
});

it('ends both sides of a session whose refresh token shows up twice', async () => {
  const first = (await registry.signIn('member')).body;
  const second = (await registry.stranger.post('/sessions/refresh', { refreshToken: first.refreshToken })).body;

  await registry.stranger.post('/sessions/refresh', { refreshToken: first.refreshToken });

  expect(await refusedWithin(registry.bearing(second.accessToken), 2000)).toBe('access-withdrawn');
});

it('shows where one is signed in, and ends one session or all the others', async () => {
  await registry.account(root, 'of-many', training, ['training-preparer']);
  const [here, there, elsewhere] = [
    (await registry.signIn('of-many')).body,
    (await registry.signIn('of-many')).body,
    (await registry.signIn('of-many')).body,
  ];
  const me = registry.bearing(here.accessToken);
  const { body: list } = await me.get('/me/sessions');
  expect(list.total).toBe(3);
  const items = list.items as { current: boolean }[];
  expect(items.find(({ current }) => current)).toMatchObject({
    id: here.sessionId,
    organisationId: training,
    device: '其他设备',
  });

  expect((await me.post('/me/sessions/end', { sessionId: there.sessionId })).body).toEqual({ sessionsEnded: 1 });
  expect((await me.post('/me/sessions/end', { sessionId: there.sessionId })).status).toBe(404);
  expect((await me.post('/me/sessions/end')).body).toEqual({ sessionsEnded: 1 });

  expect(await refusedWithin(registry.bearing(elsewhere.accessToken), 2000)).toBe('access-withdrawn');
  expect((await me.get('/me')).status).toBe(200);
  const other = await registry.signedIn('member');
  expect((await other.post('/me/sessions/end', { sessionId: here.sessionId })).status).toBe(404);
});

it('lets user managers end what their members do here, and security administrators everything', async () => {
  const other = await registry.organisation('evaluation-institution');
  const accountId = await registry.account(root, 'of-both', training, ['training-preparer']);
  await root.post(`/accounts/${accountId}/memberships`, { organisationId: other, roles: ['evaluation-preparer'] });
  const [here, there] = [
    await registry.signedIn('of-both', { organisationId: training }),
    await registry.signedIn('of-both', { organisationId: other }),
  ];

  expect((await manager.post(`/accounts/${accountId}/sessions/end`, because)).body).toEqual({ sessionsEnded: 1 });
  expect(await refusedWithin(here, 2000)).toBe('access-withdrawn');
  expect((await there.get('/me')).status).toBe(200);
  expect((await security.post(`/accounts/${accountId}/sessions/end`, because)).body).toEqual({ sessionsEnded: 1 });
  expect(await refusedWithin(there, 2000)).toBe('access-withdrawn');
});

it('tells a user manager of another organisation, and whoever manages nobody, nothing', async () => {
  const foreign = registry.service.as({ permissions: ['members:manage'], organisationId: randomUUID() });
  const preparer = registry.service.as({ permissions: ['plans:prepare'], organisationId: training });

  for (const act of ['sessions/end', 'unlock', 'password-resets', 'second-factor/reset']) {
    expect((await foreign.post(`/accounts/${memberId}/${act}`, because)).status).toBe(404);
    const { status, body } = await preparer.post(`/accounts/${memberId}/${act}`, because);
    expect([status, body.permission]).toEqual([403, 'members:manage']);
    expect((await root.post(`/accounts/${memberId}/${act}`, because)).status).toBe(403);
  }
  expect((await foreign.get(`/accounts/${memberId}/sign-ins`)).status).toBe(404);
  expect((await preparer.get(`/accounts/${memberId}/sign-ins`)).status).toBe(403);
});

it('keeps who signed in and who tried to, without saying from which address', async () => {
  const accountId = await registry.account(root, 'watched', training, ['training-preparer']);
  await registry.signIn('watched', 'wrong-Password-1');
  const watched = await registry.signedIn('watched');

  const own = (await watched.get('/me/sign-ins')).body;
  const seen = (await manager.get(`/accounts/${accountId}/sign-ins`)).body;

  expect(own.items).toMatchObject([
    { outcome: 'signed-in', outcomeTitle: '登录成功', method: 'password', device: '其他设备', network: '127.0.*.*' },
    { outcome: 'failed', outcomeTitle: '密码错误' },
  ]);
  expect(seen.items).toEqual(own.items);
  expect((await security.get(`/accounts/${accountId}/sign-ins`, { outcome: 'failed' })).body.total).toBe(1);
  await registry.service.query(
    `update sign_in set at = at - interval '181 days' where account_id = $1 and outcome = 'failed'`,
    [accountId],
  );
  await registry.signIn('watched');
  expect((await watched.get('/me/sign-ins')).body.total).toBe(2);
});

it('unlocks whom five wrong passwords have locked', async () => {
  const accountId = await registry.account(root, 'mistyping', training, ['training-preparer']);
  for (let i = 0; i < 5; i++) await registry.signIn('mistyping', 'wrong-Password-1');
  expect((await registry.signIn('mistyping')).status).toBe(401);
  expect((await manager.get('/accounts', { loginName: 'mistyping' })).body.items[0].locked).toBe(true);

  expect((await manager.post(`/accounts/${accountId}/unlock`)).body).toEqual({ accountId, wasLocked: true });

  expect((await registry.signIn('mistyping', PASSWORD)).status).toBe(201);
  const { items } = (await manager.get(`/accounts/${accountId}/sign-ins`)).body;
  expect([items[0].outcome, items[1].outcome]).toEqual(['signed-in', 'locked']);
});
