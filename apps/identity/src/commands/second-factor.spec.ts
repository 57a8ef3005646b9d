import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Caller } from '@shuzheng/platform/testing';
import { Secret, TOTP } from 'otpauth';
import { claimsOf, codesOf, OPERATOR, PASSWORD, Registry, refusedWithin } from '../testing/registry.js';

const registry = new Registry();
let root: Caller;
let security: Caller;
let training: string;
beforeAll(async () => {
  await registry.start();
  root = await registry.bootstrapped();
  training = await registry.organisation('training-institution');
  await registry.account(root, 'security', OPERATOR, ['security-administrator']);
  security = await registry.signedIn('security');
});
afterAll(() => registry.stop());

const codeOf = (uri: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(new URL(uri).searchParams.get('secret') ?? '') }).generate({
    timestamp: Date.now() + steps * 30_000,
  });
const withFactor = (loginName: string, secondFactor?: string) =>
  registry.signIn(loginName, PASSWORD, secondFactor === undefined ? {} : { secondFactor });
const because = { reason: '手机遗失' };

async function enrolled(loginName: string, roles = ['training-preparer']) {
  const accountId = await registry.account(root, loginName, training, roles);
  const me = await registry.signedIn(loginName);
  const { uri } = (await me.post('/me/second-factor')).body;
  const { recoveryCodes } = (await me.post('/me/second-factor/confirm', { code: codeOf(uri, -1) })).body;
  return { accountId, me, uri: uri as string, recoveryCodes: recoveryCodes as string[] };
}

it('asks for a one-time password once it is confirmed, and takes each once', async () => {
  const { uri } = await enrolled('careful');
  const code = codeOf(uri);

  const needed = await withFactor('careful');
  const first = await withFactor('careful', code);
  const replayed = await withFactor('careful', code);

  expect([needed.status, needed.body.code]).toEqual([401, 'second-factor-needed']);
  expect(needed.body.title).toBe('还需要动态口令');
  expect(first.status).toBe(201);
  expect([replayed.status, replayed.body.code]).toEqual([401, 'sign-in-failed']);
});

it('says nothing of a second factor to whoever lacks the password', async () => {
  await enrolled('quiet');

  expect((await registry.signIn('quiet', 'wrong-Password-1')).body.code).toBe('sign-in-failed');
  expect((await registry.signIn('quiet', 'wrong-Password-1', { secondFactor: '123456' })).body.code).toBe(
    'sign-in-failed',
  );
});

it('locks after five wrong one-time passwords as after wrong passwords', async () => {
  const { uri } = await enrolled('guessed');
  const wrong = String((Number(codeOf(uri)) + 1) % 1_000_000).padStart(6, '0');
  for (let i = 0; i < 5; i++) expect((await withFactor('guessed', wrong)).status).toBe(401);

  expect((await withFactor('guessed', codeOf(uri))).body.code).toBe('sign-in-failed');
});

it('takes each recovery code once', async () => {
  const { recoveryCodes } = await enrolled('without-phone');
  expect(new Set(recoveryCodes).size).toBe(10);

  const both = await Promise.all([
    withFactor('without-phone', recoveryCodes[0]),
    withFactor('without-phone', recoveryCodes[0]),
  ]);

  expect(both.map(({ status }) => status).sort()).toEqual([201, 401]);
  expect((await withFactor('without-phone', recoveryCodes[1]?.toLowerCase())).status).toBe(201);
});

it('refuses what is not there yet, there already, or wrong', async () => {
  await registry.account(root, 'hesitant', training, ['training-preparer']);
  const me = await registry.signedIn('hesitant');
  const confirm = (code: string) => me.post('/me/second-factor/confirm', { code });
  expect(codesOf(await confirm('123456'))).toEqual(['second-factor-absent']);
  expect(codesOf(await me.post('/me/second-factor/remove', { code: '123456' }))).toEqual(['second-factor-absent']);
  await me.post('/me/second-factor');
  const { uri } = (await me.post('/me/second-factor')).body;
  expect(codesOf(await confirm('abcdefg'))).toEqual(['second-factor-wrong']);
  await confirm(codeOf(uri, -1));

  expect(codesOf(await confirm(codeOf(uri)))).toEqual(['second-factor-exists']);
  expect(codesOf(await me.post('/me/second-factor'))).toEqual(['second-factor-exists']);
  expect(codesOf(await me.post('/me/second-factor/remove', { code: 'abcdefg' }))).toEqual(['second-factor-wrong']);
  expect((await me.post('/me/second-factor/remove', { code: codeOf(uri) })).status).toBe(204);
  expect((await withFactor('hesitant')).status).toBe(201);
});

it('keeps secrets and codes out of every table and out of the record', async () => {
  const { uri, recoveryCodes } = await enrolled('discreet');
  const secret = new URL(uri).searchParams.get('secret') ?? '?';

  const tables = ['second_factor', 'recovery_code', 'idempotency', 'audit', 'event', 'sign_in'];
  const stored = JSON.stringify(
    await Promise.all(tables.map((table) => registry.service.query(`select * from ${table}`))),
  );
  for (const hidden of [secret, ...recoveryCodes]) expect(stored).not.toContain(hidden);
});

it('resets the second factor of whoever lost it, and signs them out', async () => {
  const { accountId, me } = await enrolled('lost-phone');

  expect((await security.post(`/accounts/${accountId}/second-factor/reset`, because)).body).toEqual({
    accountId,
    sessionsEnded: 1,
  });

  expect(await refusedWithin(me, 2000)).toBe('access-withdrawn');
  expect((await withFactor('lost-phone')).status).toBe(201);
  expect(codesOf(await security.post(`/accounts/${accountId}/second-factor/reset`, because))).toEqual([
    'second-factor-absent',
  ]);
  const own = (await security.get('/me')).body.accountId;
  expect(codesOf(await security.post(`/accounts/${own}/second-factor/reset`, because))).toEqual(['own-account']);
});

it('lets those who must have a second factor do nothing else until they have it', async () => {
  await registry.account(root, 'deciding', training, ['training-approver']);
  await registry.account(root, 'preparing', training, ['training-preparer']);
  const setting = { name: 'second-factor-required', from: '2026-03-02', document: '省厅设定' };
  await security.post('/settings', { ...setting, value: 1 });

  const { body: bare } = await withFactor('deciding');
  expect(bare.mustEnroll).toBe(true);
  expect(claimsOf(bare.accessToken)).toMatchObject({ reach: 'self', perms: [] });
  expect((await withFactor('preparing')).body.mustEnroll).toBe(false);
  const me = registry.bearing(bare.accessToken);
  const { uri } = (await me.post('/me/second-factor')).body;
  await me.post('/me/second-factor/confirm', { code: codeOf(uri, -1) });
  const { body: full } = await registry.stranger.post('/sessions/refresh', { refreshToken: bare.refreshToken });

  expect(full.mustEnroll).toBe(false);
  expect(claimsOf(full.accessToken)['perms']).toContain('plans:file');
  const decider = registry.bearing(full.accessToken);
  expect(codesOf(await decider.post('/me/second-factor/remove', { code: codeOf(uri) }))).toEqual([
    'second-factor-required',
  ]);
  await security.post('/settings', { ...setting, value: 0 });
});
