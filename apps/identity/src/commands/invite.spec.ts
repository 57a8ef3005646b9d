import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MembershipGranted } from '@shuzheng/contracts';
import type { Caller } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { codesOf, OPERATOR, PASSWORD, Registry, refusedWithin } from '../testing/registry.js';

const registry = new Registry();
let root: Caller;
let manager: Caller;
let training: string;
beforeAll(async () => {
  await registry.start();
  root = await registry.bootstrapped();
  training = await registry.organisation('training-institution');
  await registry.account(root, 'manager', training, ['user-manager']);
  manager = await registry.signedIn('manager');
});
afterAll(() => registry.stop());

const colleague = (more: object = {}) => ({ displayName: '司马明', roles: ['training-preparer'], ...more });
const invited = async (more: object = {}, by = manager) => (await by.post('/invitations', colleague(more))).body;
const accept = (code: string, more: object = {}) =>
  registry.stranger.post('/invitations/accept', {
    code,
    loginName: `new-${randomUUID().slice(0, 8)}`,
    password: PASSWORD,
    ...more,
  });
const withdrawal = { reason: '岗位调整' };

it('A08 An invited colleague who accepts and is later removed loses the sessions at once and keeps the name', async () => {
  const { code, invitationId } = await invited();
  const accepted = await accept(code, { loginName: 'Colleague' });
  expect([accepted.status, accepted.body.organisationId]).toEqual([201, training]);
  const { accountId } = accepted.body;
  expect((await registry.service.announced()).at(-1)).toMatchObject({
    type: MembershipGranted.type,
    data: { accountId, organisationId: training },
  });
  const member = await registry.signedIn('colleague');
  expect((await member.get('/me')).body.displayName).toBe('司马明');

  await manager.post(`/accounts/${accountId}/memberships/withdraw`, { organisationId: training, ...withdrawal });

  expect(await refusedWithin(member, 2000)).toBe('access-withdrawn');
  expect((await manager.get(`/accounts/${accountId}`)).body).toMatchObject({
    displayName: '司马明',
    state: 'withdrawn',
    memberships: [{ organisationId: training, withdrawnAt: expect.any(String) }],
  });
  const preparer = registry.service.as({ permissions: ['plans:prepare'], organisationId: training });
  expect((await preparer.get(`/accounts/${accountId}`)).body).toMatchObject({ displayName: '司马明', loginName: null });
  const foreign = registry.service.as({ permissions: ['members:manage'], organisationId: randomUUID() });
  expect((await foreign.get(`/accounts/${accountId}`)).status).toBe(404);
  const { items } = (await manager.get('/invitations', { state: 'accepted' })).body;
  expect(items).toMatchObject([
    {
      id: invitationId,
      maskedName: expect.not.stringContaining('司马明'),
      acceptedBy: accountId,
      status: { waitsFor: null },
    },
  ]);
});

it('answers the same key with the same code, and stores it nowhere', async () => {
  const first = await manager.post('/invitations', colleague(), { key: 'one-invitation' });
  const again = await manager.post('/invitations', colleague(), { key: 'one-invitation' });

  expect(again.body).toEqual(first.body);
  const stored = JSON.stringify([
    await registry.service.query('select * from invitation'),
    await registry.service.query('select * from idempotency'),
    await registry.service.query('select * from audit'),
  ]);
  expect(stored).not.toContain(first.body.code);
  expect(stored).not.toContain('司马明');
});

it('takes a code once, however it is typed, and never after its time', async () => {
  const code: string = (await invited()).code;
  const typed = code.toLowerCase().replaceAll('-', ' ');
  const both = await Promise.all([accept(typed), accept(typed)]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
  const late = await invited();
  await registry.service.query('update invitation set expires_at = clock_timestamp() where id = $1', [
    late.invitationId,
  ]);

  for (const gone of [typed, late.code, 'ABCD-EFGH'])
    expect(codesOf(await accept(gone))).toEqual(['invitation-unknown']);
  expect((await manager.get('/invitations', { state: 'expired' })).body.total).toBe(1);
  expect(codesOf(await manager.post(`/invitations/${late.invitationId}/withdraw`, withdrawal))).toEqual([
    'invitation-settled',
  ]);
});

it('withdraws an invitation that nobody has accepted', async () => {
  const { code, invitationId } = await invited();
  const foreign = registry.service.as({ permissions: ['members:manage'], organisationId: randomUUID() });
  expect((await foreign.post(`/invitations/${invitationId}/withdraw`, withdrawal)).status).toBe(404);
  expect((await foreign.get('/invitations')).body.total).toBe(0);

  expect((await manager.post(`/invitations/${invitationId}/withdraw`, withdrawal)).body).toEqual({ invitationId });

  expect(codesOf(await accept(code))).toEqual(['invitation-unknown']);
  expect(codesOf(await manager.post(`/invitations/${invitationId}/withdraw`, withdrawal))).toEqual([
    'invitation-settled',
  ]);
});

it('lets somebody who has an account join with it, under all rules', async () => {
  const other = await registry.organisation('evaluation-institution');
  await registry.account(root, 'joining', other, ['evaluation-preparer']);
  const joining = await registry.signedIn('joining');
  const { code } = await invited();

  const joined = await joining.post('/invitations/accept', { code });

  expect([joined.status, joined.body.organisationId]).toEqual([201, training]);
  expect((await joining.get('/me')).body.memberships).toHaveLength(2);
  const again = await invited();
  expect(codesOf(await joining.post('/invitations/accept', { code: again.code }))).toEqual(['membership-exists']);
  const own = await invited({ roles: ['training-approver'] });
  expect(codesOf(await manager.post('/invitations/accept', { code: own.code }))).toEqual(
    expect.arrayContaining(['own-role', 'membership-exists']),
  );
});

it('asks of a new account what every account must have', async () => {
  const { code } = await invited({ loginName: 'suggested' });

  expect(codesOf(await accept(code, { loginName: 'manager', password: 'weak' }))).toEqual([
    'login-name-taken',
    'password-weak',
  ]);
  expect((await accept(code, { password: undefined })).status).toBe(400);
  expect((await accept(code, { loginName: undefined })).status).toBe(201);
  expect((await registry.signIn('suggested')).status).toBe(201);
});

it('invites to the own organisation and to its roles alone', async () => {
  const invite = (more: object, by = manager) => by.post('/invitations', colleague(more));

  expect(codesOf(await invite({ roles: ['department-officer'] }))).toEqual(['role-not-of-organisation']);
  expect(codesOf(await invite({ roles: [] }))).toEqual(['roles-missing']);
  expect(codesOf(await invite({ roles: ['user-manager', 'training-approver'] }))).toEqual(['manager-apart']);
  expect((await invite({ organisationId: OPERATOR })).status).toBe(404);
  expect(
    codesOf(await invite({ organisationId: OPERATOR, roles: ['auditor', 'security-administrator'] }, root)),
  ).toEqual(['roles-combined']);
  const preparer = registry.service.as({ permissions: ['plans:prepare'], organisationId: training });
  expect((await invite({}, preparer)).status).toBe(403);
  expect((await preparer.get('/invitations')).status).toBe(403);
});
