import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RuleRecorded, RuleWithdrawn } from '@shuzheng/contracts';
import { codesOf, Institutions } from '../testing/directory.js';

const service = new Institutions();
beforeAll(() => service.start());
afterAll(() => service.stop());

const { officer } = service;
const second = service.as({
  permissions: ['rules:manage'],
  reach: 'province',
  organisationId: '00000000-0000-4000-8000-000000370000',
});
const aRule = (scope: string, more: object = {}) => ({
  rule: 'hours',
  scope,
  edition: '2021年版',
  level: 'junior',
  value: { total: 80 },
  from: '2026-01-01',
  to: null,
  document: '国家职业标准',
  article: '1.6',
  confidence: 'T',
  ...more,
});
const recorded = async (scope: string, more: object = {}) =>
  ((await officer.post('/rules', aRule(scope, more))).body as { ruleId: string }).ruleId;
const withdraw = (id: string, on: string, ifMatch = 1) =>
  officer.post(`/rules/${id}/withdraw`, { on, reason: '标准已废止' }, { ifMatch });
const replacement = (more: object = {}) => ({
  value: { total: 96 },
  from: '2026-06-01',
  to: null,
  document: '国家职业标准（修订）',
  article: '1.6',
  confidence: 'T',
  ...more,
});
const replace = (id: string, more: object = {}, ifMatch = 1) =>
  officer.post(`/rules/${id}/replace`, replacement(more), { ifMatch });
const inForce = async (scope: string, on: string) => {
  const { body } = await service.stranger.get('/rules', {
    rule: 'hours',
    scope,
    level: 'junior',
    edition: '2021年版',
    on,
  });
  return (body as { items: { id: string; value: unknown }[] }).items.map(({ value }) => value);
};

it('withdraws a rule from a day on, announces it, and what was before holds again', async () => {
  const id = await recorded('2-02-38-01');

  expect((await withdraw(id, '2026-05-01')).body).toEqual({ ruleId: id, version: 2 });
  expect((await service.announced()).at(-1)).toEqual({
    type: RuleWithdrawn.type,
    data: { ruleId: id, scope: '2-02-38-01', withdrawnOn: '2026-05-01', reason: '标准已废止' },
  });
  expect([await inForce('2-02-38-01', '2026-04-30'), await inForce('2-02-38-01', '2026-05-01')]).toEqual([
    [{ total: 80 }],
    [null],
  ]);
  const standards = { occupationCode: '2-02-38-01', level: 'junior', on: '2026-05-01' };
  expect((await service.stranger.get('/standards', standards)).body.items).toMatchObject([
    { hours: { status: '待核实' } },
  ]);
  expect(codesOf((await withdraw(id, '2026-06-01', 2)).body)).toEqual(['rule-withdrawn']);
  expect(codesOf((await replace(id, {}, 2)).body)).toEqual(['rule-withdrawn']);
  expect(codesOf((await officer.post('/rules', aRule('2-02-38-01'))).body)).toEqual(['rule-recorded']);
  await service.loadAgain('after a withdrawal');
  expect(await inForce('2-02-38-01', '2026-05-01')).toEqual([null]);
});

it('does not withdraw what is past, or from a day that is past', async () => {
  const id = await recorded('2-02-38-02', { to: '2026-12-31' });

  expect(codesOf((await withdraw(id, '2026-03-01')).body)).toEqual(['withdrawal-backdated']);
  expect(codesOf((await withdraw(id, '2027-01-01')).body)).toEqual(['rule-over']);
  const tries = await Promise.all([withdraw(id, '2026-05-01'), withdraw(id, '2026-06-01')]);
  expect(tries.map(({ status }) => status).sort()).toEqual([201, 409]);
});

it('replaces a rule from a day on: the old one holds to the day before, and both are announced', async () => {
  const id = await recorded('2-02-38-03');
  const { status, body } = await replace(id);

  expect([status, body]).toEqual([201, { ruleId: expect.any(String), replacedRuleId: id }]);
  expect((await service.announced()).slice(-2)).toMatchObject([
    { type: RuleRecorded.type, data: { ruleId: id, to: '2026-05-31', value: { total: 80 } } },
    { type: RuleRecorded.type, data: { ruleId: body.ruleId, from: '2026-06-01', value: { total: 96 }, rule: 'hours' } },
  ]);
  expect([await inForce('2-02-38-03', '2026-05-31'), await inForce('2-02-38-03', '2026-06-01')]).toEqual([
    [{ total: 80 }],
    [{ total: 96 }],
  ]);
  const found = await officer.get(`/rules/${body.ruleId as string}`);
  expect(found.body).toMatchObject({ id: body.ruleId, replaces: id, confirmed: true, confirmedBy: expect.any(String) });
  expect(found.body.recordedBy).toBe(found.body.confirmedBy);
  expect((found.body as { history: { value: unknown }[] }).history.map(({ value }) => value)).toEqual([
    null,
    { total: 80 },
    { total: 96 },
  ]);
  expect((await service.stranger.get(`/rules/${id}`)).body).toMatchObject({
    to: '2026-05-31',
    confirmedBy: null,
    version: 2,
  });
});

it('refuses a replacement that does not come later, or whose value is none', async () => {
  const id = await recorded('2-02-38-04');

  expect(codesOf((await replace(id, { from: '2025-12-31' })).body)).toEqual(['replacement-order']);
  expect(codesOf((await replace(id, { value: { hours: 1 }, confidence: 'R', to: '2026-05-31' })).body)).toEqual([
    'rule-value',
    'rule-unverified',
    'dates-order',
  ]);
  expect((await replace('00000000-0000-4000-8000-0000000000ff')).status).toBe(404);
  expect((await service.stranger.get('/rules/00000000-0000-4000-8000-0000000000ff')).status).toBe(404);
  const institution = service.as({ permissions: ['rules:manage'], reach: 'organisation' });
  for (const [path, body] of [
    [`/rules/${id}/replace`, replacement()],
    [`/rules/${id}/withdraw`, { on: '2026-05-01', reason: '理由' }],
    ['/rule-drafts', aRule('2-02-38-04')],
  ] as const)
    expect((await institution.post(path, body, { ifMatch: 1 })).status).toBe(403);
});

it('lets a draft hold when another person has confirmed it, and not before', async () => {
  const { draftId } = (await officer.post('/rule-drafts', aRule('2-02-38-06'))).body as { draftId: string };
  const before = await service.announced();
  expect(await inForce('2-02-38-06', '2026-03-02')).toEqual([null]);

  expect(codesOf((await officer.post(`/rule-drafts/${draftId}/confirm`)).body)).toEqual(['same-person']);
  expect(await service.announced()).toEqual(before);
  const tries = await Promise.all([1, 2].map(() => second.post(`/rule-drafts/${draftId}/confirm`)));
  expect(tries.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(tries.flatMap(({ status, body }) => (status === 422 ? codesOf(body) : []))).toEqual(['draft-decided']);
  const ruleId = (tries.find(({ status }) => status === 201)?.body as { ruleId: string }).ruleId;
  expect(await inForce('2-02-38-06', '2026-03-02')).toEqual([{ total: 80 }]);
  const { body: rule } = await officer.get(`/rules/${ruleId}`);
  expect(rule.recordedBy).not.toBe(rule.confirmedBy);
  const { body: drafts } = await officer.get('/rule-drafts', { state: 'confirmed', scope: '2-02-38-06' });
  expect(drafts.items).toMatchObject([
    { id: draftId, ruleId, recordedBy: rule.recordedBy, decidedBy: rule.confirmedBy },
  ]);
});

it('lets a draft replace a rule, judges it when it is confirmed, and may discard it', async () => {
  const id = await recorded('2-02-38-07');
  const draft = async (more: object) =>
    ((await officer.post('/rule-drafts', aRule('2-02-38-07', { replaces: id, ...more }))).body as { draftId: string })
      .draftId;

  const early = await draft({ from: '2025-12-31' });
  expect(codesOf((await second.post(`/rule-drafts/${early}/confirm`)).body)).toEqual(['replacement-order']);
  const discarded = await officer.post(`/rule-drafts/${early}/discard`, { reason: '日期有误' });
  expect(discarded.body).toEqual({ draftId: early, state: 'discarded', ruleId: null });
  expect(codesOf((await second.post(`/rule-drafts/${early}/confirm`)).body)).toEqual(['draft-decided']);
  expect(
    (await second.post(`/rule-drafts/${await draft({ from: '2026-06-01', value: { total: 100 } })}/confirm`)).status,
  ).toBe(201);
  expect([await inForce('2-02-38-07', '2026-05-31'), await inForce('2-02-38-07', '2026-06-01')]).toEqual([
    [{ total: 80 }],
    [{ total: 100 }],
  ]);
  const absent = aRule('2-02-38-07', { replaces: '00000000-0000-4000-8000-0000000000ff' });
  expect((await officer.post('/rule-drafts', absent)).status).toBe(404);
  expect((await second.post('/rule-drafts/00000000-0000-4000-8000-0000000000ff/confirm')).status).toBe(404);
});

it('holds four eyes by a constraint, even against a statement that forgets to look', async () => {
  await expect(
    service.query(`update rule_draft set decided_by = recorded_by where state = 'confirmed'`),
  ).rejects.toMatchObject({ code: '23514' });
});

it('asks for a second person for every rule where the office has set it so', async () => {
  const setting = {
    rule: 'rule-confirmation',
    scope: 'programme',
    edition: null,
    level: null,
    value: { required: true },
  };
  const more = { ...setting, from: '2026-04-01', document: '省厅设定', article: '一', confidence: 'T' };
  expect((await officer.post('/rules', aRule('programme', more))).status).toBe(201);
  const id = await recorded('2-02-38-08');

  service.clock.set('2026-04-01T09:00:00+08:00');
  expect(codesOf((await officer.post('/rules', aRule('2-02-38-09'))).body)).toEqual(['rule-needs-second-person']);
  expect(codesOf((await replace(id)).body)).toEqual(['rule-needs-second-person']);
  const { draftId } = (await officer.post('/rule-drafts', aRule('2-02-38-09'))).body as { draftId: string };
  expect((await second.post(`/rule-drafts/${draftId}/confirm`)).status).toBe(201);
  service.clock.set('2026-03-02T09:00:00+08:00');
});
