import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MembershipGranted } from '@shuzheng/contracts';
import type { Caller } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { anAccount, codesOf, OPERATOR, Registry } from '../testing/registry.js';

const registry = new Registry();
let root: Caller;
let manager: Caller;
let training: string;
let foreign: string;
beforeAll(async () => {
  await registry.start();
  root = await registry.bootstrapped();
  training = await registry.organisation('training-institution');
  foreign = await registry.organisation('training-institution');
  await registry.account(root, 'manager', training, ['user-manager']);
  manager = await registry.signedIn('manager');
});
afterAll(() => registry.stop());

const member = (more: object = {}) => anAccount({ organisationId: training, roles: ['training-preparer'], ...more });
const accounts = () => registry.service.query('select id from account order by id');

it('opens an account with its membership, announces it, and answers a repeat with the same receipt', async () => {
  const account = member({ roles: ['training-approver', 'training-approver'] });

  const { body, status } = await manager.post('/accounts', account, { key: 'one-account' });
  const again = await manager.post('/accounts', account, { key: 'one-account' });

  expect({ status, body }).toEqual({ status: 201, body: { accountId: expect.any(String) } });
  expect(again.body).toEqual(body);
  expect((await registry.service.announced()).at(-1)).toMatchObject({
    type: MembershipGranted.type,
    data: { accountId: body.accountId, organisationId: training, reach: 'organisation', cityCode: null },
  });
  expect(await registry.service.query('select roles from membership where account_id = $1', [body.accountId])).toEqual([
    { roles: ['training-approver'] },
  ]);
});

it('names every rule a new account breaks, and leaves nothing', async () => {
  const before = [await accounts(), await registry.service.announced()];

  const taken = await manager.post(
    '/accounts',
    member({ loginName: 'MANAGER', password: 'short', roles: ['department-officer'] }),
  );
  const combined = await root.post('/accounts', anAccount({ roles: ['system-administrator', 'auditor'] }));
  const none = await manager.post('/accounts', member({ roles: [] }));

  expect(codesOf(taken)).toEqual(['login-name-taken', 'password-weak', 'role-not-of-organisation']);
  expect(codesOf(combined)).toEqual(['roles-combined']);
  expect(codesOf(none)).toEqual(['roles-missing']);
  expect([await accounts(), await registry.service.announced()]).toEqual(before);
});

it('gives a login name to one of two who ask for it at once', async () => {
  const both = await Promise.all([
    manager.post('/accounts', member({ loginName: 'wanted' })),
    root.post('/accounts', member({ loginName: 'wanted', organisationId: foreign })),
  ]);

  expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(both.flatMap(codesOf)).toEqual(['login-name-taken']);
});

it('asks to come back while an organisation is not known yet', async () => {
  const { status, body, headers } = await root.post('/accounts', member({ organisationId: randomUUID() }));

  expect([status, body.code, headers['retry-after']]).toEqual([409, 'not-yet-known', '1']);
});

it('tells who may open accounts', async () => {
  const officer = registry.service.as({ permissions: ['plans:file'], organisationId: training });

  const { status, body } = await officer.post('/accounts', member());
  expect([status, body.permission]).toEqual([403, 'members:manage']);
  expect((await registry.stranger.post('/accounts', member())).status).toBe(401);
});

it('shows a user manager the own organisation and nothing of another', async () => {
  const stranger = await registry.account(root, 'stranger', foreign, ['user-manager']);
  const withdrawal = { organisationId: foreign, reason: '试探' };

  const answers = [
    await manager.post('/accounts', member({ organisationId: foreign })),
    await manager.post(`/accounts/${stranger}/memberships`, { organisationId: training, roles: ['user-manager'] }),
    await manager.post(`/accounts/${stranger}/memberships/withdraw`, withdrawal),
    await manager.post(`/accounts/${stranger}/memberships/withdraw`, { ...withdrawal, organisationId: training }),
    await manager.post(`/accounts/${randomUUID()}/memberships/withdraw`, { ...withdrawal, organisationId: training }),
  ];
  const { body } = await manager.get('/accounts', { limit: 200 });

  expect(answers.map(({ status, body: { code } }) => [status, code])).toEqual(answers.map(() => [404, 'not-found']));
  const items = body.items as { id: string; memberships: { organisationId: string }[] }[];
  const organisations = new Set(items.flatMap(({ memberships }) => memberships.map((one) => one.organisationId)));
  expect([...organisations]).toEqual([training]);
  expect(items.map(({ id }) => id)).not.toContain(stranger);
  expect((await root.get('/accounts', { organisationId: foreign, limit: 200 })).body.items).toContainEqual(
    expect.objectContaining({ id: stranger, loginName: 'stranger', maskedName: '欧阳**' }),
  );
});

it('shows a department’s manager only the department, however far its officers see', async () => {
  const department = await registry.organisation('department', '370000');
  await registry.account(root, 'hr-manager', department, ['user-manager']);

  const { body } = await (await registry.signedIn('hr-manager')).get('/accounts');

  expect(body.items).toMatchObject([{ loginName: 'hr-manager' }]);
});

it('keeps the three administrators apart, by rule and by constraint', async () => {
  const auditor = await registry.account(root, 'auditor', OPERATOR, ['auditor']);
  const membership = `insert into membership (id, account_id, organisation_id, roles) values (gen_random_uuid(), $1, $2, $3)`;

  await expect(
    registry.service.query(membership, [auditor, foreign, ['system-administrator', 'security-administrator']]),
  ).rejects.toThrow('administrators_apart');
  await expect(registry.service.query(membership, [auditor, foreign, ['security-administrator']])).rejects.toThrow(
    'membership_administrators_apart',
  );
});

it('lets an account join a second organisation, once', async () => {
  const accountId = await registry.account(root, 'joining', training, ['training-preparer']);
  const join = (organisationId: string, roles: string[]) =>
    root.post(`/accounts/${accountId}/memberships`, { organisationId, roles });

  const twice = await Promise.all([join(foreign, ['training-preparer']), join(foreign, ['training-approver'])]);

  expect(twice.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(twice.flatMap(codesOf)).toEqual(['membership-exists']);
  expect(codesOf(await join(foreign, ['city-officer']))).toEqual(['role-not-of-organisation', 'membership-exists']);
});

it('points at a wrong field and never repeats what was in it', async () => {
  const { status, body } = await root.post('/accounts', member({ loginName: '张三的账号' }));

  expect([status, body.faults[0].field]).toEqual([400, 'loginName']);
  expect(JSON.stringify(body)).not.toContain('张三');
});
