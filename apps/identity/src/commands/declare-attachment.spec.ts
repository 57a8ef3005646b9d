import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AttachmentDeclared } from '@shuzheng/contracts';
import type { Caller } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { codesOf, Registry } from '../testing/registry.js';

const registry = new Registry();
let root: Caller;
let manager: Caller;
let officer: Caller;
let officerId: string;
let department: string;
let evaluation: string;
beforeAll(async () => {
  await registry.start();
  root = await registry.bootstrapped();
  department = await registry.organisation('department');
  evaluation = await registry.organisation('evaluation-institution');
  await registry.account(root, 'department-manager', department, ['user-manager']);
  officerId = await registry.account(root, 'officer', department, ['department-officer']);
  manager = await registry.signedIn('department-manager');
  officer = await registry.signedIn('officer');
});
afterAll(() => registry.stop());

const span = (more: object = {}) => ({ organisationId: evaluation, from: '2026-01-01', ...more });

it('A38 An officer attached to an institution is declared as such, for those who decide on its batches', async () => {
  const { status, body } = await officer.post('/attachments', span());

  expect(status).toBe(201);
  const data = {
    attachmentId: body.attachmentId,
    accountId: officerId,
    organisationId: evaluation,
    from: '2026-01-01',
  };
  expect((await registry.service.announced()).at(-1)).toEqual({
    type: AttachmentDeclared.type,
    data: { ...data, to: null },
  });
  expect((await manager.get('/attachments', { on: '2026-03-02' })).body.items).toMatchObject([
    { id: body.attachmentId, displayName: '欧阳建国', organisationName: '某机构', current: true, to: null },
  ]);
  expect((await officer.get('/attachments')).body.total).toBe(1);

  expect(codesOf(await officer.post(`/attachments/${body.attachmentId}/end`, { to: '2025-12-31' }))).toEqual([
    'dates-order',
  ]);
  expect((await manager.post(`/attachments/${body.attachmentId}/end`, { to: '2026-03-31' })).body.version).toBe(2);
  expect((await registry.service.announced()).at(-1)?.data).toEqual({ ...data, to: '2026-03-31' });
  expect(codesOf(await officer.post(`/attachments/${body.attachmentId}/end`, { to: '2026-04-30' }))).toEqual([
    'attachment-ended',
  ]);
  expect((await manager.get('/attachments', { on: '2026-04-01' })).body.total).toBe(0);
});

it('refuses all that is wrong with a declaration at once', async () => {
  const other = await registry.organisation('city-bureau');
  await registry.account(root, 'teacher', evaluation, ['evaluation-preparer']);
  const teacher = await registry.signedIn('teacher');

  expect(codesOf(await teacher.post('/attachments', { ...span({ to: '2025-01-01' }), organisationId: other }))).toEqual(
    ['attachment-not-department', 'attachment-to-institution', 'dates-order'],
  );
  expect((await officer.post('/attachments', span({ organisationId: randomUUID() }))).status).toBe(409);
  const from = '2026-06-01';
  const both = await Promise.all([
    officer.post('/attachments', span({ from })),
    officer.post('/attachments', span({ from })),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(both.flatMap(codesOf)).toEqual(['attachment-overlaps']);
});

it('lets one declare for oneself alone, and a user manager for the own members', async () => {
  const managerId = (await manager.get('/me')).body.accountId;
  const foreign = registry.service.as({ permissions: ['members:manage'], organisationId: randomUUID() });
  const [attached] = (await manager.get('/attachments')).body.items;

  expect((await officer.post('/attachments', span({ accountId: managerId }))).body.permission).toBe('members:manage');
  expect(
    (await manager.post('/attachments', span({ accountId: officerId, from: '2025-01-01', to: '2025-02-01' }))).status,
  ).toBe(201);
  expect((await foreign.post('/attachments', span({ accountId: officerId }))).status).toBe(404);
  expect((await foreign.post(`/attachments/${attached.id}/end`, { to: '2026-12-31' })).status).toBe(404);
  expect((await foreign.get('/attachments')).body.total).toBe(0);
});
