import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Caller } from '@shuzheng/platform/testing';
import { claimsOf, codesOf, PASSWORD, Registry } from '../testing/registry.js';

const registry = new Registry();
let root: Caller;
let training: string;
beforeAll(async () => {
  await registry.start();
  root = await registry.bootstrapped();
  training = await registry.organisation('training-institution');
  await registry.account(root, 'preparer', training, ['training-preparer']);
});
afterAll(() => registry.stop());

const refresh = (refreshToken: string) => registry.stranger.post('/sessions/refresh', { refreshToken });

it('exchanges a refresh token for a new pair of the same session', async () => {
  const first = (await registry.signIn('preparer')).body;

  const { status, body: second } = await refresh(first.refreshToken);

  expect([status, second.sessionId]).toEqual([201, first.sessionId]);
  expect(second.refreshToken).not.toBe(first.refreshToken);
  expect(claimsOf(second.accessToken)).toMatchObject({ org: training, sid: first.sessionId });
  expect((await refresh(second.refreshToken)).status).toBe(201);
});

it('ends the session when an old refresh token shows up again', async () => {
  const first = (await registry.signIn('preparer')).body;
  const second = (await refresh(first.refreshToken)).body;

  const reused = await refresh(first.refreshToken);

  expect([reused.status, reused.body.code]).toEqual([401, 'not-signed-in']);
  expect((await refresh(second.refreshToken)).status).toBe(401);
  expect(await registry.service.query('select ended_because from session where id = $1', [first.sessionId])).toEqual([
    { ended_because: 'reused' },
  ]);
});

it('lets one of two exchange a token that both hold, and then neither go on', async () => {
  const first = (await registry.signIn('preparer')).body;

  const both = await Promise.all([refresh(first.refreshToken), refresh(first.refreshToken)]);

  expect(both.map(({ status }) => status).sort()).toEqual([201, 401]);
  const winner = both.find(({ status }) => status === 201);
  expect((await refresh(winner?.body.refreshToken)).status).toBe(401);
});

it('refreshes no session that was left, that is over, or that never was', async () => {
  const left = (await registry.signIn('preparer')).body;
  const over = (await registry.signIn('preparer')).body;
  await registry.service.query('update session set expires_at = clock_timestamp() where id = $1', [over.sessionId]);

  expect((await registry.bearing(left.accessToken).delete('/sessions/current')).status).toBe(204);

  for (const token of [left.refreshToken, over.refreshToken, 'made-up'])
    expect((await refresh(token)).status).toBe(401);
});

it('ends the other sessions when the password changes', async () => {
  await registry.account(root, 'changing', training, ['training-preparer']);
  const [here, elsewhere] = [(await registry.signIn('changing')).body, (await registry.signIn('changing')).body];
  const me = registry.bearing(here.accessToken);
  const password = 'another-Good-2';

  expect(codesOf(await me.post('/me/password', { current: 'not-it', password: 'weak' }))).toEqual([
    'password-wrong',
    'password-weak',
  ]);
  const { body } = await me.post('/me/password', { current: PASSWORD, password });

  expect(body).toEqual({ sessionsEnded: 1 });
  expect((await refresh(elsewhere.refreshToken)).status).toBe(401);
  expect((await refresh(here.refreshToken)).status).toBe(201);
  expect([(await registry.signIn('changing')).status, (await registry.signIn('changing', password)).status]).toEqual([
    401, 201,
  ]);
});
