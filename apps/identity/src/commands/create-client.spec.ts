import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AccessWithdrawn } from '@shuzheng/contracts';
import type { Caller } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { claimsOf, codesOf, Registry } from '../testing/registry.js';

const registry = new Registry();
let root: Caller;
let evaluation: string;
beforeAll(async () => {
  await registry.start();
  root = await registry.bootstrapped();
  evaluation = await registry.organisation('evaluation-institution');
});
afterAll(() => registry.stop());

const aClient = (more: object = {}) => ({
  name: '成绩报送程序',
  organisationId: evaluation,
  permissions: ['results:record', 'sessions:read'],
  ...more,
});
const exchange = (clientId: string, secret: string) => registry.stranger.post('/sessions/client', { clientId, secret });

async function admitted(): Promise<{ clientId: string; secret: string }> {
  const { clientId } = (await root.post('/clients', aClient())).body;
  const { secret } = (await root.post(`/clients/${clientId}/secret`)).body;
  return { clientId, secret };
}

it('admits a program whose secret is exchanged for a token of its organisation', async () => {
  const { clientId, secret } = await admitted();

  const { status, body } = await exchange(clientId, secret);

  expect([status, Object.keys(body).sort()]).toEqual([201, ['accessToken', 'expiresAt']]);
  expect(claimsOf(body.accessToken)).toMatchObject({
    sub: clientId,
    org: evaluation,
    reach: 'organisation',
    perms: ['results:record', 'sessions:read'],
  });
  const change = { current: 'no-password-at-all', password: 'another-Password-1' };
  expect((await registry.bearing(body.accessToken).post('/me/password', change)).status).toBe(404);
  expect((await registry.bearing(body.accessToken).get('/me')).body).toMatchObject({
    kind: 'client',
    displayName: '成绩报送程序',
  });
});

it('answers the same key with the same secret, and stores none', async () => {
  const { clientId } = (await root.post('/clients', aClient())).body;

  const first = await root.post(`/clients/${clientId}/secret`, {}, { key: 'the-secret' });
  const again = await root.post(`/clients/${clientId}/secret`, {}, { key: 'the-secret' });

  expect(again.body).toEqual(first.body);
  const stored = JSON.stringify([
    await registry.service.query('select * from client'),
    await registry.service.query('select * from idempotency'),
    await registry.service.query('select * from audit'),
  ]);
  expect(stored).not.toContain(first.body.secret);
});

it('makes the secret before worthless with a new one', async () => {
  const { clientId, secret } = await admitted();
  const renewed = (await root.post(`/clients/${clientId}/secret`)).body.secret;

  expect([(await exchange(clientId, secret)).status, (await exchange(clientId, renewed)).status]).toEqual([401, 201]);
});

it('answers a wrong secret, an unknown program and one without a secret alike', async () => {
  const { clientId } = await admitted();
  const bare = (await root.post('/clients', aClient())).body.clientId;

  const answers = [
    await exchange(clientId, 'made-up'),
    await exchange(randomUUID(), 'made-up'),
    await exchange(bare, 'made-up'),
  ].map(({ status, body }) => [status, body.code]);

  expect(answers).toEqual(answers.map(() => [401, 'sign-in-failed']));
});

it('gives programs nothing that is for people, nor for other kinds of organisation', async () => {
  const department = await registry.organisation('department');
  const ask = (more: object) => root.post('/clients', aClient(more));

  const refused = [
    await ask({ permissions: [] }),
    await ask({ permissions: ['members:manage'] }),
    await ask({ permissions: ['applications:apply'] }),
    await ask({ permissions: ['batches:confirm'] }),
    await ask({ permissions: ['results:release'] }),
    await ask({ organisationId: department, permissions: ['results:record'] }),
  ];

  expect(refused.map(codesOf)).toEqual(refused.map(() => ['permission-not-of-organisation']));
  expect((await ask({ organisationId: randomUUID() })).status).toBe(409);
  const manager = registry.service.as({ permissions: ['members:manage'], organisationId: evaluation });
  expect((await manager.post('/clients', aClient())).body.permission).toBe('clients:manage');
});

it('lets two secrets overlap while a program changes over, and no third', async () => {
  const { clientId, secret: first } = await admitted();
  const second = (await root.post(`/clients/${clientId}/secret`, { overlapDays: 7 })).body;
  expect([(await exchange(clientId, first)).status, (await exchange(clientId, second.secret)).status]).toEqual([
    201, 201,
  ]);

  const third = (await root.post(`/clients/${clientId}/secret`, { overlapDays: 7 })).body;
  expect((await exchange(clientId, first)).status).toBe(401);
  expect((await exchange(clientId, second.secret)).status).toBe(201);

  expect((await root.post(`/clients/${clientId}/secrets/${second.number}/end`)).status).toBe(201);
  expect(codesOf(await root.post(`/clients/${clientId}/secrets/${second.number}/end`))).toEqual(['secret-ended']);
  expect((await root.post(`/clients/${clientId}/secrets/99/end`)).status).toBe(404);
  expect((await exchange(clientId, second.secret)).status).toBe(401);
  expect((await exchange(clientId, third.secret)).status).toBe(201);
  const items = (await root.get('/clients', { state: 'live', limit: 200 })).body.items as { id: string }[];
  expect(items.find(({ id }) => id === clientId)).toMatchObject({
    lastUsedOn: '2026-03-02',
    secrets: [{ number: third.number, endsAt: null, lastUsedOn: '2026-03-02' }],
  });
});

it('ends an overlap when its days are over', async () => {
  const { clientId, secret } = await admitted();
  await root.post(`/clients/${clientId}/secret`, { overlapDays: 1 });
  await registry.service.query(
    `update client_secret set ends_at = ends_at - interval '1 day' where client_id = $1 and number = 1`,
    [clientId],
  );

  expect((await exchange(clientId, secret)).status).toBe(401);
});

it('admits a program up to its last day', async () => {
  const { clientId } = (await root.post('/clients', aClient({ expiresOn: '2026-03-02' }))).body;
  const { secret } = (await root.post(`/clients/${clientId}/secret`)).body;

  expect((await exchange(clientId, secret)).status).toBe(201);
  registry.service.clock.set('2026-03-03T00:00:00+08:00');
  expect((await exchange(clientId, secret)).status).toBe(401);
  expect(codesOf(await root.post('/clients', aClient({ expiresOn: '2026-03-02' })))).toEqual(['expiry-past']);
  registry.service.clock.set('2026-03-02T09:00:00+08:00');
});

it('withdraws a program', async () => {
  const { clientId, secret } = await admitted();

  const { body } = await root.post(`/clients/${clientId}/withdraw`, { reason: '密钥泄露' });

  expect((await registry.service.announced()).at(-1)).toEqual({
    type: AccessWithdrawn.type,
    data: { accountId: clientId, organisationId: null, withdrawnAt: body.withdrawnAt },
  });
  expect((await exchange(clientId, secret)).status).toBe(401);
  expect(codesOf(await root.post(`/clients/${clientId}/withdraw`, { reason: '重复' }))).toEqual(['already-withdrawn']);
  expect((await root.post(`/clients/${clientId}/secret`)).status).toBe(404);
  expect((await root.post(`/clients/${randomUUID()}/withdraw`, { reason: '试探' })).status).toBe(404);
  expect((await root.get('/clients', { organisationId: evaluation })).body.items).toContainEqual(
    expect.objectContaining({ id: clientId, withdrawnAt: expect.any(String), hasSecret: true }),
  );
});
