import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Caller } from '@shuzheng/platform/testing';
import { claimsOf, OPERATOR, PASSWORD, Registry } from '../testing/registry.js';

const registry = new Registry();
let root: Caller;
let bureau: string;
let training: string;
beforeAll(async () => {
  await registry.start();
  root = await registry.bootstrapped();
  bureau = await registry.organisation('city-bureau', '370200');
  training = await registry.organisation('training-institution');
});
afterAll(() => registry.stop());

const wrong = (loginName: string) => registry.signIn(loginName, 'not-the-Password-1');
const answerOf = ({ status, body }: { status: number; body: Record<string, unknown> }) => ({
  status,
  body: { ...body, correlationId: undefined },
});

it('gives a token that says how far its holder sees', async () => {
  await registry.account(root, 'city-officer', bureau, ['city-officer']);
  await registry.account(root, 'preparer', training, ['training-preparer', 'training-approver']);

  const city = (await registry.signIn('City-Officer')).body;
  const preparer = (await registry.signIn('preparer')).body;

  expect(claimsOf(city.accessToken)).toMatchObject({ org: bureau, reach: 'city', city: '370200' });
  expect(claimsOf(preparer.accessToken)).toMatchObject({ org: training, reach: 'organisation' });
  expect(claimsOf(preparer.accessToken)).not.toHaveProperty('city');
  expect(claimsOf(preparer.accessToken)['perms']).toEqual(expect.arrayContaining(['plans:prepare', 'plans:file']));
  expect(preparer.memberships).toEqual([
    { organisationId: training, roles: ['training-preparer', 'training-approver'] },
  ]);
  expect(new Date(preparer.expiresAt).getTime()).toBeLessThanOrEqual(Date.now() + 300_000);
});

it('answers an unknown name, a wrong password and a locked account alike', async () => {
  await registry.account(root, 'forgetful', training, ['training-preparer']);

  const unknown = answerOf(await wrong('nobody-of-that-name'));
  const failures = [];
  for (let i = 0; i < 5; i++) failures.push(answerOf(await wrong('forgetful')));
  const locked = answerOf(await registry.signIn('forgetful'));

  expect(unknown).toMatchObject({ status: 401, body: { code: 'sign-in-failed' } });
  expect(failures).toEqual(Array.from({ length: 5 }, () => unknown));
  expect(locked).toEqual(unknown);
  expect((await root.get('/accounts', { loginName: 'forgetful' })).body.items).toMatchObject([{ locked: true }]);
});

it('opens a locked account after fifteen minutes of real time, whatever the business clock says', async () => {
  await registry.account(root, 'locked-out', training, ['training-preparer']);
  for (let i = 0; i < 5; i++) await wrong('locked-out');
  registry.service.clock.set('2027-01-01T09:00:00+08:00');
  const passed = (time: string) =>
    registry.service.query(
      `update account set locked_until = locked_until - $1::interval where login_name = 'locked-out'`,
      [time],
    );

  await passed('14 minutes 30 seconds');
  expect((await registry.signIn('locked-out')).status).toBe(401);
  await passed('30 seconds');
  expect((await registry.signIn('locked-out')).status).toBe(201);

  // The count starts anew.
  for (let i = 0; i < 4; i++) await wrong('locked-out');
  expect((await registry.signIn('locked-out')).status).toBe(201);
});

it('counts every one of many guesses at once, and admits nobody from the fifth on', async () => {
  await registry.account(root, 'attacked', training, ['training-preparer']);

  await Promise.all(Array.from({ length: 12 }, () => wrong('attacked')));

  expect((await registry.signIn('attacked')).status).toBe(401);
});

it('acts for the organisation that is asked for, or for the first', async () => {
  const other = await registry.organisation('evaluation-institution');
  const accountId = await registry.account(root, 'of-two', training, ['training-preparer']);
  await root.post(`/accounts/${accountId}/memberships`, { organisationId: other, roles: ['evaluation-preparer'] });

  const first = (await registry.signIn('of-two')).body;
  const second = (await registry.signIn('of-two', PASSWORD, { organisationId: other })).body;
  const foreign = await registry.signIn('of-two', PASSWORD, { organisationId: OPERATOR });

  expect(claimsOf(first.accessToken)['org']).toBe(training);
  expect(claimsOf(second.accessToken)['org']).toBe(other);
  expect(claimsOf(second.accessToken)['perms']).not.toContain('plans:prepare');
  expect(first.memberships).toHaveLength(2);
  expect([foreign.status, foreign.body.code]).toEqual([401, 'sign-in-failed']);
});

it('records who signed in and who failed, and keeps no secret anywhere', async () => {
  const accountId = await registry.account(root, 'recorded', training, ['training-preparer']);
  await wrong('recorded');
  const { body } = await registry.signIn('recorded');

  const audit = await registry.service.query<{ detail: string }>(
    `select detail from audit where subject = $1 and operation = 'identity.sign-in' order by sequence`,
    [`account:${accountId}`],
  );
  expect(audit.map(({ detail }) => JSON.parse(detail))).toEqual([{ outcome: 'failed' }, { outcome: 'signed-in' }]);
  // The key that came with signing in, though nobody asked for one, was not recorded.
  expect(await registry.service.query(`select * from idempotency where scope like '%identity.sign-in'`)).toEqual([]);
  const everything = JSON.stringify([
    await registry.service.query('select * from session'),
    await registry.service.query('select * from audit'),
    await registry.service.query('select scope, answer from idempotency'),
    await registry.service.query('select data from event'),
    await registry.service.query('select * from account'),
  ]);
  for (const secret of [PASSWORD, body.refreshToken, body.accessToken, '欧阳建国'])
    expect(everything).not.toContain(secret);
});

it('hashes with Argon2id at 19 MiB and two passes', async () => {
  const hashes = await registry.service.query<{ password_hash: string }>('select password_hash from account');
  for (const { password_hash: hash } of hashes) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});
