import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AccessWithdrawn, MembershipGranted, OrganisationRegistered } from '@shuzheng/contracts';
import { existsSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { BootstrapCode } from '../bootstrap-code.js';
import { claimsOf, codesOf, OPERATOR, PASSWORD, Registry } from '../testing/registry.js';

const registry = new Registry();
beforeAll(() => registry.start());
afterAll(() => registry.stop());

const first = (more: object = {}) => ({
  code: readFileSync(registry.bootstrapFile, 'utf8'),
  loginName: 'Root',
  displayName: '南宫适',
  password: PASSWORD,
  ...more,
});

it('writes a code that only its owner can read', () => {
  expect(statSync(registry.bootstrapFile).mode & 0o777).toBe(0o600);
  expect(first().code).toMatch(/^[\w-]{27}$/);
});

it('refuses a wrong code and a weak password, and leaves nothing', async () => {
  expect(codesOf(await registry.stranger.post('/bootstrap', first({ code: 'guessed' })))).toEqual([
    'bootstrap-code-wrong',
  ]);
  expect(codesOf(await registry.stranger.post('/bootstrap', first({ password: 'root-2026-x' })))).toEqual([
    'password-weak',
  ]);
  expect(await registry.service.query('select id from account')).toEqual([]);
});

it('makes one administrator of several who try at once, answers a repeat alike, and never again', async () => {
  const keyed = await Promise.all(
    ['first-key', 'other-key', 'third-key'].map((key) => registry.stranger.post('/bootstrap', first(), { key })),
  );
  expect(keyed.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
  const [made] = keyed.filter(({ status }) => status === 201);
  const key = ['first-key', 'other-key', 'third-key'][keyed.findIndex(({ status }) => status === 201)] ?? '';

  expect((await registry.stranger.post('/bootstrap', first(), { key })).body).toEqual(made?.body);
  expect(codesOf(await registry.stranger.post('/bootstrap', first({ loginName: 'second' })))).toEqual([
    'bootstrap-done',
  ]);
  expect(await registry.service.announced()).toEqual([
    {
      type: MembershipGranted.type,
      data: {
        accountId: made?.body.accountId,
        organisationId: OPERATOR,
        permissions: ['accounts:manage', 'clients:manage', 'operations:manage'],
        reach: 'province',
        cityCode: null,
      },
    },
  ]);
});

it('lets the administrator sign in, and see who they are', async () => {
  const { body } = await registry.signIn('root');
  expect(claimsOf(body.accessToken)).toMatchObject({ org: OPERATOR, reach: 'province' });

  const me = await registry.bearing(body.accessToken).get('/me');
  expect(me.body).toMatchObject({
    kind: 'member',
    loginName: 'root',
    displayName: '南宫适',
    memberships: [{ organisationId: OPERATOR, organisationRole: 'operator', roles: ['system-administrator'] }],
  });
  expect(me.body.permissions).toContainEqual({ code: 'accounts:manage', title: '管理账号' });
});

it('knows the operator once, though institutions announce it, too', async () => {
  const operator = { organisationId: OPERATOR, name: '平台运维单位', creditCode: null, cityCode: '370000' };
  await registry.service.hear(OrganisationRegistered, { ...operator, role: 'department' });

  expect((await registry.signIn('root')).body.memberships).toEqual([
    { organisationId: OPERATOR, roles: ['system-administrator'] },
  ]);
});

it('does not let the last administrator go', async () => {
  const root = await registry.signedIn('root');
  const { accountId } = (await root.get('/me')).body;

  const answers = [
    await root.post(`/accounts/${accountId}/withdraw`, { reason: '离任' }),
    await root.post(`/accounts/${accountId}/memberships/withdraw`, { organisationId: OPERATOR, reason: '离任' }),
  ];

  expect(answers.map(codesOf)).toEqual([['last-administrator'], ['last-administrator']]);
  expect((await registry.service.announced()).filter(({ type }) => type === AccessWithdrawn.type)).toEqual([]);
});

it('writes no code where the first administrator is there already', async () => {
  const { config, db } = registry.service;
  unlinkSync(registry.bootstrapFile);

  await new BootstrapCode(config, db).onApplicationBootstrap();

  expect(existsSync(registry.bootstrapFile)).toBe(false);
});
