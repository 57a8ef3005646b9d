import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Caller } from '@shuzheng/platform/testing';
import { codesOf, OPERATOR, Registry } from '../testing/registry.js';

const registry = new Registry();
let root: Caller;
let security: Caller;
let auditor: Caller;
let training: string;
beforeAll(async () => {
  await registry.start();
  root = await registry.bootstrapped();
  training = await registry.organisation('training-institution');
  for (const [name, role] of [
    ['security', 'security-administrator'],
    ['auditor', 'auditor'],
  ] as const)
    await registry.account(root, name, OPERATOR, [role]);
  security = await registry.signedIn('security');
  auditor = await registry.signedIn('auditor');
});
afterAll(() => registry.stop());

let nth = 0;
const administrator = () => registry.account(root, `other-${nth++}`, OPERATOR, ['system-administrator']);
const consent = (by: Caller, accountId: string, what = 'password') =>
  by.post(`/accounts/${accountId}/reset-consents`, { what, reason: '本人当面申请' });
const because = { reason: '忘记密码' };
const reset = (by: Caller, accountId: string) => by.post(`/accounts/${accountId}/password-resets`, because);

it('lets no security administrator take over an administrator’s sign-in alone', async () => {
  const accountId = await administrator();
  const second = await security.post(`/accounts/${accountId}/second-factor/reset`, because);

  for (const answer of [await reset(security, accountId), second])
    expect(codesOf(answer)).toEqual(['second-administrator-needed']);
  expect(await registry.service.query('select 1 from password_reset where account_id = $1', [accountId])).toEqual([]);
});

it('resets it once for each time that a second administrator agreed to this very reset, and shows the auditor both', async () => {
  const accountId = await administrator();
  expect((await consent(root, accountId)).status).toBe(201);

  expect(codesOf(await security.post(`/accounts/${accountId}/second-factor/reset`, because))).toEqual([
    'second-administrator-needed',
  ]);
  const both = await Promise.all([reset(security, accountId), reset(security, accountId)]);

  expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
  const rootId = (await root.get('/me')).body.accountId;
  const securityId = (await security.get('/me')).body.accountId;
  expect((await auditor.get('/reset-consents', { accountId })).body.items).toMatchObject([
    { accountId, what: 'password', reason: '本人当面申请', consentedBy: rootId, usedBy: securityId },
  ]);
  const acts = await auditor.get('/operations/audit', { subject: `account:${accountId}` });
  const noted = (operation: string) => expect.objectContaining({ operation });
  expect(acts.body.items).toEqual(
    expect.arrayContaining([noted('identity.consent-to-reset'), noted('identity.issue-password-reset')]),
  );
});

it('counts no consent of who resets, of the account itself, or of yesterday', async () => {
  const accountId = await administrator();
  expect((await consent(security, accountId)).status).toBe(201);
  expect(codesOf(await reset(security, accountId))).toEqual(['second-administrator-needed']);
  const own = (await root.get('/me')).body.accountId;
  expect(codesOf(await consent(root, own))).toEqual(['own-account']);

  const { consentId } = (await consent(root, accountId)).body;
  await registry.service.query('update reset_consent set expires_at = clock_timestamp() where id = $1', [consentId]);

  expect(codesOf(await reset(security, accountId))).toEqual(['second-administrator-needed']);
});

it('needs no consent for who is no administrator, and takes none from who is not either', async () => {
  const accountId = await registry.account(root, 'preparing', training, ['training-preparer']);
  await registry.account(root, 'manager', training, ['user-manager']);

  expect(codesOf(await consent(root, accountId))).toEqual(['consent-needless']);
  expect((await consent(await registry.signedIn('manager'), accountId)).status).toBe(403);
  expect((await consent(auditor, accountId)).status).toBe(403);
  expect((await consent(root, '00000000-0000-4000-8000-00000000dead')).status).toBe(404);
  expect((await reset(security, accountId)).status).toBe(201);
});
