import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { BadConfiguration } from '@shuzheng/platform';
import type { Caller } from '@shuzheng/platform/testing';
import { Secret, TOTP } from 'otpauth';
import { readOidcConfig } from '../oidc-config.js';
import { codesOf, OPERATOR, Registry } from '../testing/registry.js';
import { TestProvider } from '../testing/provider.js';

const registry = new Registry();
const provider = new TestProvider();
const path = '/api/v1/identity/sign-in/oidc';
const callback = `http://127.0.0.1:3000${path}/callback`;
let root: Caller;
let manager: Caller;
let security: Caller;
let training: string;
beforeAll(async () => {
  await provider.start(callback);
  Object.assign(process.env, {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: 'shuzheng',
    OIDC_CLIENT_SECRET: 'only-in-tests',
    OIDC_SECOND_FACTOR: 'otp, mfa',
  });
  await registry.start();
  root = await registry.bootstrapped();
  training = await registry.organisation('training-institution');
  await registry.account(root, 'manager', training, ['user-manager']);
  await registry.account(root, 'security', OPERATOR, ['security-administrator']);
  manager = await registry.signedIn('manager');
  security = await registry.signedIn('security');
});
afterAll(async () => {
  await registry.stop();
  await provider.stop();
  for (const name of ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_SECOND_FACTOR'])
    Reflect.deleteProperty(process.env, name);
});

const cookieOf = (header: string | string[] | undefined) => String(header).split(';')[0] ?? '';

/** A browser that goes to the provider and comes back with what it was sent. */
async function throughProvider(subject: string, begun?: { url: string; cookie: string }) {
  provider.subject = subject;
  const { url, cookie } = begun ?? (await begin());
  const query = await provider.visit(url, callback);
  return { query, cookie };
}

async function begin() {
  const answer = await fetch(`${registry.service.url}${path}`, { redirect: 'manual' });
  expect(answer.status).toBe(302);
  return { url: answer.headers.get('location') ?? '', cookie: cookieOf(answer.headers.getSetCookie()) };
}

async function comeBack({ query, cookie }: { query: string; cookie: string }) {
  const answer = await fetch(`${registry.service.url}${path}/callback${query}`, { headers: { cookie } });
  const owed = answer.headers.getSetCookie().find((line) => line.startsWith('shuzheng_oidc_second='));
  return { status: answer.status, body: (await answer.json()) as Record<string, never>, owed };
}

const link = (accountId: string, subject: string, by = manager) =>
  by.post(`/accounts/${accountId}/external-identity`, { subject });

it('signs in whom a manager has linked to the provider’s subject', async () => {
  const accountId = await registry.account(root, 'linked', training, ['training-preparer']);
  expect((await link(accountId, 'officer-1')).body).toEqual({ accountId });

  const { status, body } = await comeBack(await throughProvider('officer-1'));

  expect(status).toBe(200);
  const me = registry.bearing(body['accessToken'] ?? '');
  expect((await me.get('/me')).body.loginName).toBe('linked');
  expect((await me.get('/me/sign-ins')).body.items).toMatchObject([{ outcome: 'signed-in', method: 'oidc' }]);
  expect(JSON.stringify(await registry.service.query('select * from external_identity'))).not.toContain('officer-1');
});

it('asks for the authorization code with PKCE, state and nonce', async () => {
  const { searchParams } = new URL((await begin()).url);

  expect(searchParams.get('code_challenge_method')).toBe('S256');
  for (const name of ['code_challenge', 'state', 'nonce']) expect(searchParams.get(name)?.length).toBeGreaterThan(20);
});

it('signs nobody in whom no account is linked to', async () => {
  const { status, body } = await comeBack(await throughProvider('stranger-1'));

  expect([status, body['code']]).toEqual([401, 'oidc-not-linked']);
});

it('takes an answer only from the browser that was sent, once, and as the provider gave it', async () => {
  const accountId = await registry.account(root, 'targeted', training, ['training-preparer']);
  await link(accountId, 'officer-2');
  const mine = await throughProvider('officer-2');
  const other = await begin();

  for (const query of [
    { ...mine, cookie: '' },
    { ...mine, cookie: other.cookie },
    { ...mine, query: mine.query.replace(/code=[^&]+/, 'code=made-up') },
    { ...mine, query: '?error=access_denied' },
  ])
    expect((await comeBack(query)).body['code']).toBe('oidc-failed');
  const fresh = await throughProvider('officer-2');
  expect((await comeBack(fresh)).status).toBe(200);
  expect((await comeBack(fresh)).body['code']).toBe('oidc-failed');
});

/** An account that is linked and has one-time passwords, as a member who guards it well would have. */
async function guarded(loginName: string) {
  const accountId = await registry.account(root, loginName, training, ['training-preparer']);
  await link(accountId, loginName);
  const me = await registry.signedIn(loginName);
  const { uri } = (await me.post('/me/second-factor')).body;
  const secret = Secret.fromBase32(new URL(uri).searchParams.get('secret') ?? '');
  const codeAt = (steps: number) => new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });
  await me.post('/me/second-factor/confirm', { code: codeAt(-1) });
  return { accountId, codeAt };
}

async function prove(cookie: string, secondFactor: string) {
  const answer = await fetch(`${registry.service.url}${path}/second-factor`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ secondFactor }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, never> };
}

it('asks whom the provider has named for the one-time password too, and takes each once', async () => {
  const { codeAt } = await guarded('named-only');

  const { status, body, owed } = await comeBack(await throughProvider('named-only'));
  expect([status, body['code']]).toEqual([401, 'second-factor-needed']);
  expect(owed).toContain('HttpOnly');
  const cookie = cookieOf(owed);
  expect((await prove(cookie, 'no-such-code')).body['code']).toBe('sign-in-failed');
  const code = codeAt(0);
  const proved = await prove(cookie, code);

  expect(proved.status).toBe(201);
  const me = registry.bearing(proved.body['accessToken'] ?? '');
  expect((await me.get('/me/sign-ins')).body.items).toMatchObject([
    { outcome: 'signed-in', method: 'oidc' },
    { outcome: 'second-factor-wrong', method: 'oidc' },
    { outcome: 'second-factor-needed', method: 'oidc' },
    { outcome: 'signed-in', method: 'password' },
  ]);
  expect((await prove(cookie, code)).status).toBe(401);
});

it('takes a one-time password only from the browser that the provider sent back', async () => {
  const { codeAt } = await guarded('not-here');
  const { owed } = await comeBack(await throughProvider('not-here'));
  // The last sign's lower bits mean nothing; these two differ in those that do.
  const changed = cookieOf(owed).replace(/.$/, (last) => (last === 'Q' ? 'g' : 'Q'));
  const begun = (await begin()).cookie.replace('shuzheng_oidc=', 'shuzheng_oidc_second=');

  for (const cookie of ['', changed, begun]) expect((await prove(cookie, codeAt(0))).body['code']).toBe('oidc-failed');
});

it('locks after five wrong one-time passwords behind the provider, too', async () => {
  const { codeAt } = await guarded('guessing');
  const cookie = cookieOf((await comeBack(await throughProvider('guessing'))).owed);
  for (let i = 0; i < 5; i++) expect((await prove(cookie, 'no-such-code')).status).toBe(401);

  expect((await prove(cookie, codeAt(0))).body['code']).toBe('sign-in-failed');
});

it('takes the provider at its word only for what the configuration names as a second factor', async () => {
  const { accountId } = await guarded('proved-there');
  const methods = [['pwd'], ['pwd', 'sms'], ['pwd', 'otp']];

  const statuses = [];
  for (provider.methods of methods) statuses.push((await comeBack(await throughProvider('proved-there'))).status);

  provider.methods = ['pwd'];
  expect(statuses).toEqual([401, 401, 200]);
  const [last] = await registry.service.query(
    `select detail from audit where subject = $1 and operation = 'identity.finish-oidc' order by sequence desc limit 1`,
    [`account:${accountId}`],
  );
  expect(JSON.parse(String(last?.['detail']))).toEqual({ outcome: 'signed-in', secondFactor: 'provider' });
});

it('lets somebody link their own account by signing in at both, and unlink it', async () => {
  await registry.account(root, 'linking', training, ['training-preparer']);
  const me = await registry.signedIn('linking');
  const begun = await me.post('/me/external-identity');
  const cookie = cookieOf(begun.headers['set-cookie']);

  const { status } = await comeBack(await throughProvider('officer-3', { url: begun.body.url, cookie }));

  expect(status).toBe(200);
  expect((await comeBack(await throughProvider('officer-3'))).status).toBe(200);
  expect((await me.post('/me/external-identity/remove')).status).toBe(201);
  expect(codesOf(await me.post('/me/external-identity/remove'))).toEqual(['identity-absent']);
  expect((await comeBack(await throughProvider('officer-3'))).body['code']).toBe('oidc-not-linked');
});

it('links one subject to one account, by whoever may take charge of it', async () => {
  const one = await registry.account(root, 'one', training, ['training-preparer']);
  const two = await registry.account(root, 'two', training, ['training-preparer']);
  const own = (await manager.get('/me')).body.accountId;
  await link(one, 'officer-4');

  expect(codesOf(await link(two, 'officer-4'))).toEqual(['identity-linked']);
  expect(codesOf(await link(one, 'officer-5'))).toEqual(['identity-linked']);
  expect(codesOf(await link(own, 'officer-6'))).toEqual(['own-account']);
  expect((await link(two, 'officer-6', security)).status).toBe(201);
  expect((await link(two, 'officer-7', root)).status).toBe(403);
  const because = { reason: '岗位调整' };
  expect((await manager.post(`/accounts/${one}/external-identity/remove`, because)).status).toBe(201);
  expect(codesOf(await manager.post(`/accounts/${one}/external-identity/remove`, because))).toEqual([
    'identity-absent',
  ]);
});

it('lets a closed account in by no way', async () => {
  const accountId = await registry.account(root, 'closed', training, ['training-preparer']);
  await link(accountId, 'officer-8');
  await root.post(`/accounts/${accountId}/withdraw`, { reason: '离职' });

  expect((await comeBack(await throughProvider('officer-8'))).status).toBe(401);
});

it('starts with a whole configuration or with none', () => {
  const read = (env: Record<string, string>, profile = 'production') =>
    readOidcConfig({ ...registry.service.config, profile: profile as 'production' }, env);
  const whole = { OIDC_ISSUER: 'https://id.example.cn', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' };

  expect(read({})).toBeUndefined();
  expect(read(whole)).toMatchObject({ clientId: 'a', redirectUri: callback, twice: [], insecure: false });
  for (const broken of [
    { ...whole, OIDC_ISSUER: 'id.example.cn' },
    { ...whole, OIDC_ISSUER: 'http://id.example.cn' },
    { ...whole, OIDC_ISSUER: 'http://127.0.0.1' },
    { ...whole, OIDC_CLIENT_ID: '' },
    { ...whole, OIDC_CLIENT_SECRET: ' ' },
  ])
    expect(() => read(broken)).toThrow(BadConfiguration);
});
