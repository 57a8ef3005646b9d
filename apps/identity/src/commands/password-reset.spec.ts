import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Caller } from '@shuzheng/platform/testing';
import { codesOf, OPERATOR, Registry, refusedWithin } from '../testing/registry.js';

const registry = new Registry();
let root: Caller;
let manager: Caller;
let security: Caller;
let training: string;
beforeAll(async () => {
  await registry.start();
  root = await registry.bootstrapped();
  training = await registry.organisation('training-institution');
  await registry.account(root, 'manager', training, ['user-manager']);
  await registry.account(root, 'security', OPERATOR, ['security-administrator']);
  manager = await registry.signedIn('manager');
  security = await registry.signedIn('security');
});
afterAll(() => registry.stop());

const NEXT = 'another-Good-2';
const because = { reason: '忘记密码' };
const issue = async (accountId: string, by = manager) =>
  (await by.post(`/accounts/${accountId}/password-resets`, because)).body;
const use = (code: string, password = NEXT) => registry.stranger.post('/password-resets/use', { code, password });

it('lets somebody take a new password with a code, which signs them out everywhere and unlocks them', async () => {
  const accountId = await registry.account(root, 'forgetful', training, ['training-preparer']);
  const before = await registry.signedIn('forgetful');
  for (let i = 0; i < 5; i++) await registry.signIn('forgetful', 'wrong-Password-1');
  const { code, expiresAt } = await issue(accountId);
  expect(Math.round((Date.parse(expiresAt) - Date.now()) / 3_600_000)).toBe(24);

  expect(codesOf(await use(code, 'weak'))).toEqual(['password-weak']);
  expect((await use(String(code).toLowerCase())).body).toEqual({ sessionsEnded: 1 });

  expect(await refusedWithin(before, 2000)).toBe('access-withdrawn');
  expect([(await registry.signIn('forgetful')).status, (await registry.signIn('forgetful', NEXT)).status]).toEqual([
    401, 201,
  ]);
  expect(codesOf(await use(code))).toEqual(['reset-unknown']);
});

it('takes a code once, never after a day, and never after a newer one', async () => {
  const accountId = await registry.account(root, 'scattered', training, ['training-preparer']);
  const first = await issue(accountId);
  const second = await issue(accountId);
  expect(codesOf(await use(first.code))).toEqual(['reset-unknown']);
  const both = await Promise.all([use(second.code), use(second.code)]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);

  const late = await issue(accountId);
  await registry.service.query('update password_reset set expires_at = clock_timestamp() where id = $1', [
    late.resetId,
  ]);
  expect(codesOf(await use(late.code))).toEqual(['reset-unknown']);
  const stored = JSON.stringify([
    await registry.service.query('select * from password_reset'),
    await registry.service.query('select * from idempotency'),
    await registry.service.query('select * from audit'),
  ]);
  for (const { code } of [first, second, late]) expect(stored).not.toContain(code);
});

it('keeps user managers’ hands off accounts that are at home elsewhere, too, and off their own', async () => {
  const other = await registry.organisation('evaluation-institution');
  const accountId = await registry.account(root, 'of-two', training, ['training-preparer']);
  await root.post(`/accounts/${accountId}/memberships`, { organisationId: other, roles: ['evaluation-approver'] });
  const own = (await manager.get('/me')).body.accountId;

  expect(codesOf(await manager.post(`/accounts/${accountId}/password-resets`, because))).toEqual([
    'account-of-several',
  ]);
  expect(codesOf(await manager.post(`/accounts/${own}/password-resets`, because))).toEqual(['own-account']);
  expect((await security.post(`/accounts/${accountId}/password-resets`, because)).status).toBe(201);
});

it('lets nobody in with the code of a closed account', async () => {
  const accountId = await registry.account(root, 'closed', training, ['training-preparer']);
  const { code } = await issue(accountId, security);
  await root.post(`/accounts/${accountId}/withdraw`, { reason: '离职' });

  expect(codesOf(await use(code))).toEqual(['reset-unknown']);
  expect((await security.post(`/accounts/${accountId}/password-resets`, because)).status).toBe(404);
});

it('says so where no provider is configured', async () => {
  expect(codesOf(await registry.stranger.get('/sign-in/oidc'))).toEqual(['oidc-not-configured']);
  expect(codesOf(await manager.post('/me/external-identity'))).toEqual(['oidc-not-configured']);
});
