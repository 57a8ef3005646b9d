import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { OccupationRecorded, OrganisationRegistered, RuleRecorded } from '@shuzheng/contracts';
import { readdirSync, readFileSync } from 'node:fs';
import { organisations, rules } from '../data/reference/reference.js';
import { kindOf, ruleKinds } from '../domain/rule-kinds.js';
import { Institutions } from '../testing/directory.js';

const service = new Institutions();
beforeAll(() => service.start());
afterAll(() => service.stop());

type Item = Record<string, unknown>;
const all = async (path: string, filter: Record<string, string> = {}): Promise<Item[]> => {
  const { body } = await service.stranger.get(path, { ...filter, limit: 200 });
  const { items, total } = body as { items: Item[]; total: number };
  expect(items).toHaveLength(total);
  return items;
};
/** Everything in a file that says how well it is known. */
function* records(value: unknown): Generator<Item> {
  if (typeof value !== 'object' || value === null) return;
  if ('confidence' in value && 'value' in value) yield value;
  for (const inner of Object.values(value)) yield* records(inner);
}

const folder = new URL('../data/reference/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

it.each(files)('%s has no value for what is only recalled or was not found', (name) => {
  const found = [...records(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))];

  expect(found.length).toBeGreaterThan(0);
  expect(found.filter(({ confidence, value }) => ['R', 'G'].includes(String(confidence)) && value !== null)).toEqual(
    [],
  );
});

it('has every value in the form its kind asks for, and says where to get what is empty', () => {
  for (const { rule, value, note, id } of rules) {
    expect({ rule, fits: kindOf(rule) !== undefined && (value === null || kindOf(rule)?.accepts(value)) }).toEqual({
      rule,
      fits: true,
    });
    if (value === null) expect({ id, note }).toEqual({ id, note: expect.stringMatching(/可查|可问/) });
  }
  expect(new Set(rules.map(({ rule }) => rule))).toEqual(new Set(Object.keys(ruleKinds)));
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
});

it('shows 待核实 for every record without a value, and for our own readings', async () => {
  const listed = (
    await Promise.all(['conditions', 'directions', 'pass-marks', 'hours'].map((rule) => all('/rules', { rule })))
  ).flat();
  const programme = await all('/rules', { scope: 'programme' });

  for (const { confidence, value, status } of [...listed, ...programme]) {
    expect({ confidence, value, status }).toEqual({
      confidence,
      value: ['R', 'G'].includes(String(confidence)) ? null : expect.anything(),
      status: ['T', 'T2', 'C'].includes(String(confidence)) ? 'known' : '待核实',
    });
  }
  expect(listed.length + programme.length).toBe(rules.length);
  expect(
    (await all('/rules', { status: '待核实', scope: 'programme' })).every(({ status }) => status === '待核实'),
  ).toBe(true);
});

it('knows conditions and marks of 智能制造 alone', async () => {
  const standards = await all('/standards');
  const known = (name: string) =>
    standards.filter((one) => (one[name] as Item)['status'] === 'known').map(({ id }) => id);

  expect(standards).toHaveLength(14 * 3);
  const itsLevels = ['intermediate', 'junior', 'senior'].map((level) => `2-02-38-05|2021年版|${level}`);
  expect(known('conditions').sort()).toEqual(itsLevels);
  expect(known('marks').sort()).toEqual(itsLevels);
  expect(known('hours')).toEqual([]);
  const [junior] = await all('/standards', { occupationCode: '2-02-38-05', level: 'junior' });
  expect(junior).toMatchObject({
    document: '人社厅发〔2021〕10号',
    promulgatedOn: '2021-02-03',
    status: 'known',
    directions: { value: { known: ['智能装备与产线应用'], complete: false }, status: 'known', confidence: 'T2' },
    marks: { value: { theory: 60, ability: 60, maximum: 100 }, confidence: 'T2' },
    hours: { value: null, status: '待核实' },
  });
  expect((junior as { conditions: { value: { items: object[] } } }).conditions.value.items).toHaveLength(4);
});

it('tells no direction from directions that are not known', async () => {
  const directions = async (occupationCode: string, level: string) => {
    const [one] = await all('/standards', { occupationCode, level });
    return one?.['directions'];
  };

  expect(await directions('2-02-38-03', 'senior')).toMatchObject({
    value: { known: [], complete: true },
    status: 'known',
  });
  expect(await directions('2-02-38-02', 'senior')).toMatchObject({ value: null, status: '待核实' });
  expect(await directions('2-02-38-09', 'junior')).toMatchObject({ value: null, status: '待核实', confidence: 'R' });
});

it('shows the occupations with both codes as far as they are known', async () => {
  expect(await all('/occupations')).toHaveLength(14);
  expect((await service.stranger.get('/occupations/2-02-38-05')).body).toMatchObject({
    name: '智能制造工程技术人员',
    currentCode: { value: '2-02-38-05', confidence: 'T2', status: 'known' },
    formerCode: { value: '2-02-07-13', status: 'known' },
  });
  expect((await service.stranger.get('/occupations/2-02-30-11')).body).toMatchObject({
    name: '数字化管理师',
    currentCode: { value: null, confidence: 'R', status: '待核实' },
    formerCode: { value: '2-02-30-11', confidence: 'T' },
  });
  expect((await service.stranger.get('/occupations/2-02-38-10')).body).toMatchObject({ formerCode: null });
  expect((await service.stranger.get('/occupations/4-04-05-05')).status).toBe(404);
  expect((await all('/occupations', { name: '区块链' })).map(({ code }) => code)).toEqual(['2-02-38-08']);
});

it('knows the department and its 16 bureaus by ids that never change', async () => {
  expect(await all('/organisations', { role: 'department' })).toMatchObject([
    { id: '00000000-0000-4000-8000-000000370000', name: '山东省人力资源和社会保障厅', cityCode: '370000' },
  ]);
  const bureaus = await all('/organisations', { role: 'city-bureau' });
  expect(bureaus).toHaveLength(16);
  expect(bureaus).toContainEqual(
    expect.objectContaining({ id: '00000000-0000-4000-8000-000000370200', name: '青岛市人力资源和社会保障局' }),
  );
});

it('announces everything once, however often it is loaded', async () => {
  const before = await service.announced();
  const count = ({ type }: { type: string }) => before.filter((event) => event.type === type).length;

  expect([count(OrganisationRegistered), count(OccupationRecorded), count(RuleRecorded)]).toEqual([
    organisations.length,
    14,
    rules.length,
  ]);
  await service.loadAgain('the same data');
  expect(await service.announced()).toEqual(before);
});

it('announces what a release has corrected', async () => {
  await service.query(
    `update rule_record set value = '{"theory": 1, "ability": 1, "maximum": 100}'
     where rule = 'pass-marks' and scope = '2-02-38-05' and level = 'junior'`,
  );
  const before = (await service.announced()).length;

  await service.loadAgain('corrected data');

  expect((await service.announced()).slice(before)).toMatchObject([
    { type: RuleRecorded.type, data: { rule: 'pass-marks', level: 'junior', value: { theory: 60 } } },
  ]);
});

it('tells everybody the cities and the kinds of documents, with source and standing, and what is not known of them', async () => {
  const { cities } = (await service.stranger.get('/cities')).body as { cities: Item[] };
  const { documentKinds } = (await service.stranger.get('/document-kinds')).body as { documentKinds: Item[] };

  expect(cities.filter(({ successor }) => successor === null)).toHaveLength(16);
  expect(cities).toContainEqual({
    ...{ code: '371200', name: '莱芜市', from: null, to: null, successor: '370100' },
    ...{ source: expect.stringContaining('GB/T 2260'), confidence: 'C', status: 'known' },
  });
  expect(documentKinds).toHaveLength(7);
  expect(documentKinds).toContainEqual({
    ...{ code: 'passport', name: '护照', form: null, from: null, source: null, confidence: 'R', status: '待核实' },
  });
});
