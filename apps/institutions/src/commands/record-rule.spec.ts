import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RuleRecorded } from '@shuzheng/contracts';
import { codesOf, Institutions } from '../testing/directory.js';

const service = new Institutions();
beforeAll(() => service.start());
afterAll(() => service.stop());

const hours = (more: object = {}) => ({
  rule: 'hours',
  scope: '2-02-38-05',
  edition: '2021年版',
  level: 'junior',
  value: { total: 80 },
  from: '2026-01-01',
  to: null,
  document: '智能制造工程技术人员国家职业技术技能标准',
  article: '1.6',
  confidence: 'T',
  ...more,
});
const record = (rule: object) => service.officer.post('/rules', rule);
const listed = async (filter: Record<string, string>) =>
  (await service.stranger.get('/rules', filter)).body as { total: number; items: Record<string, unknown>[] };

it('records a rule from a day on, announces it, and shows it as known from that day', async () => {
  const { status, body } = await record(hours());

  expect({ status, body }).toEqual({ status: 201, body: { ruleId: expect.any(String) } });
  expect((await service.announced()).at(-1)).toEqual({
    type: RuleRecorded.type,
    data: { ruleId: body.ruleId, ...hours() },
  });
  const of = { rule: 'hours', scope: '2-02-38-05', level: 'junior' };
  expect((await listed({ ...of, on: '2025-12-31' })).items).toMatchObject([{ value: null, status: '待核实' }]);
  expect((await listed({ ...of, on: '2026-01-01' })).items).toMatchObject([
    { id: body.ruleId, title: '标准学时', value: { total: 80 }, status: 'known', confirmed: true },
  ]);
  const on = (day: string) =>
    service.stranger.get('/standards', { occupationCode: '2-02-38-05', level: 'junior', on: day });
  expect((await on('2025-12-31')).body.items).toMatchObject([{ hours: { value: null, status: '待核实' } }]);
  expect((await on('2026-01-01')).body.items).toMatchObject([{ hours: { value: { total: 80 }, status: 'known' } }]);
});

it('fills a record that was empty under its own id, once, and loading again leaves it alone', async () => {
  const empty = (await listed({ rule: 'class-size' })).items[0];
  const rule = {
    ...hours(),
    rule: 'class-size',
    scope: 'programme',
    edition: null,
    level: null,
    value: { most: 60 },
    from: '2022-12-08',
  };

  const tries = await Promise.all([record(rule), record(rule)]);

  expect(tries.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(tries.flatMap(({ status, body }) => (status === 422 ? codesOf(body) : []))).toEqual(['rule-recorded']);
  expect(tries.find(({ status }) => status === 201)?.body).toEqual({ ruleId: empty?.['id'] });
  await service.loadAgain('the next release');
  expect((await listed({ rule: 'class-size' })).items).toMatchObject([{ value: { most: 60 }, confirmed: true }]);
});

it('shows a new edition beside the old, and in place of one that was not known', async () => {
  await record(hours({ edition: '2026年版', from: '2026-02-01' }));
  await record(hours({ scope: '2-02-38-10', edition: '2025年版', value: { total: 64 } }));

  const editions = async (occupationCode: string) => {
    const { body } = await service.stranger.get('/standards', { occupationCode, level: 'junior' });
    return (body as { items: { edition: string }[] }).items.map(({ edition }) => edition);
  };
  expect((await editions('2-02-38-05')).sort()).toEqual(['2021年版', '2026年版']);
  expect(await editions('2-02-38-10')).toEqual(['2025年版']);
});

it.each([
  ['rule-unknown', { rule: 'no-such-rule' }],
  ['rule-scope', { level: null }],
  ['rule-scope', { edition: null }],
  ['rule-scope', { scope: 'programme' }],
  ['rule-scope', { rule: 'class-size', value: { most: 50 } }],
  ['occupation-unknown', { scope: '9-99-99-99' }],
  ['rule-value', { value: { hours: 80 } }],
  ['rule-unverified', { confidence: 'R' }],
  ['rule-unverified', { confidence: 'G' }],
  ['dates-order', { to: '2025-12-31' }],
])('refuses with %s', async (code, more) => {
  const before = await service.announced();

  const { body, status } = await record(hours({ level: 'senior', ...more }));

  expect([status, codesOf(body)]).toEqual([422, [code]]);
  expect(await service.announced()).toEqual(before);
});

it('lets nothing unverified carry a value, even by a statement that forgets to look', async () => {
  await expect(
    service.query(`update rule_record set value = '{"text": "guessed"}' where rule = 'exam-ratios'`),
  ).rejects.toMatchObject({ code: '23514' });
});

it('is for the department only', async () => {
  const institution = service.as({ permissions: ['rules:manage'], reach: 'organisation' });

  const { status, body } = await institution.post('/rules', hours({ from: '2026-03-01' }));

  expect([status, body.permission]).toEqual([403, 'rules:manage']);
});

it('answers a repeated key with the same record', async () => {
  const options = { key: 'one-rule-only' };
  const rule = hours({ from: '2026-04-01' });
  const first = await service.officer.post('/rules', rule, options);
  const again = await service.officer.post('/rules', rule, options);

  expect([again.status, again.body]).toEqual([201, first.body]);
});
