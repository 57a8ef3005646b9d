import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sha256 } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { codesOf, Desk } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

const doubt = { recordedAt: '2026-02-09T09:00:00.000+08:00' };
const draw = (batchId: string, order: object) => desk.officer().post(`/batches/${batchId}/samples`, order);
const check = (sampleId: string, checks: object[]) => desk.officer().post(`/samples/${sampleId}/checks`, { checks });

interface Sampled {
  readonly id: string;
  readonly number: number;
  readonly why: string;
  readonly outcome: string | null;
}
async function rowsOf(sampleId: string, filter: Record<string, string> = {}) {
  const { body } = await desk.officer().get(`/samples/${sampleId}/rows`, { limit: 200, ...filter });
  return body.items as Sampled[];
}

it('draws a tenth by a stored seed, adds every flagged row, and can be drawn again by anybody', async () => {
  const rows = [...desk.rows(38), desk.row({ ...doubt, theory: 91 }), desk.row({ ...doubt, theory: 92 })];
  const { batchId } = await desk.receive({ rows });
  await desk.runTimers();

  const { status, body } = await draw(batchId, { percent: 10, seed: 'spring-2026' });

  expect(status).toBe(201);
  expect(body).toMatchObject({ seed: 'spring-2026', eligible: 40, drawn: 4 });
  const sampled = await rowsOf(String(body.sampleId));
  const all = await desk.rowsOf(batchId);
  const again = all
    .map(({ id }) => ({ id, place: sha256(`spring-2026|${id}`) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .slice(0, 4);
  const ids = (why: string) => sampled.filter((row) => row.why === why).map(({ id }) => id);
  expect(ids('drawn').sort()).toEqual(again.map(({ id }) => id).sort());
  expect([...sampled].map(({ number }) => number)).toEqual(expect.arrayContaining([39, 40]));
  expect(ids('flagged')).toHaveLength(Number(body.flagged));
  const [stored] = await service.query<{ seed: string; algorithm: string; population: string[] }>(
    'select seed, algorithm, population from sample where id = $1',
    [body.sampleId],
  );
  expect(stored).toMatchObject({ seed: 'spring-2026', algorithm: 'sha256-order-v1' });
  expect([...(stored?.population ?? [])].sort()).toEqual(all.map(({ id }) => id).sort());
});

it('makes a seed of its own when none is given; a second draw takes from the rest; nothing-to-sample at the end', async () => {
  const { batchId } = await desk.receive({ rows: desk.rows(5) });
  const [first, second] = [await draw(batchId, { count: 3 }), await draw(batchId, { count: 9 })];

  expect(String(first.body.seed)).toMatch(/^[0-9a-f]{32}$/);
  expect(second.body).toMatchObject({ eligible: 2, drawn: 2, flagged: 0 });
  expect(codesOf(await draw(batchId, { count: 1 }))).toEqual(['nothing-to-sample']);
  const both = await Promise.all([{ percent: 1, count: 1 }, {}, { percent: 101 }].map((order) => draw(batchId, order)));
  expect(both.map(({ status }) => status)).toEqual([400, 400, 400]);
});

it('samples a row once, however many draw at the same moment', async () => {
  const { batchId } = await desk.receive({ rows: desk.rows(10) });
  const answers = await Promise.all([1, 2, 3, 4].map(() => draw(batchId, { count: 4 })));
  const drawn = answers.flatMap(({ body }) => (body.drawn === undefined ? [] : [Number(body.drawn)]));
  expect(drawn.reduce((sum, n) => sum + n, 0)).toBe(10);
});

it('records what was found row by row: not sampled, repeated and checked ones are refused alone; coverage follows', async () => {
  const { batchId } = await desk.receive({ rows: desk.rows(20) });
  const { body } = await draw(batchId, { count: 5 });
  const sampleId = String(body.sampleId);
  const sampled = await rowsOf(sampleId);
  const [a, b, c] = sampled;
  const outside = (await desk.rowsOf(batchId)).find(({ id }) => !sampled.some((row) => row.id === id));

  const first = await check(sampleId, [
    { rowId: a?.id, outcome: 'sound', reference: 'A' },
    { rowId: b?.id, outcome: 'faulty', note: '成绩单与登记不一致' },
    { rowId: b?.id, outcome: 'sound', reference: 'B2' },
    { rowId: outside?.id, outcome: 'sound', reference: 'X' },
  ]);
  const second = await check(sampleId, [
    { rowId: a?.id, outcome: 'faulty', reference: 'A again' },
    { rowId: c?.id, outcome: 'unclear' },
  ]);

  expect(first.body.recorded).toEqual([
    { rowId: a?.id, reference: 'A' },
    { rowId: b?.id, reference: null },
  ]);
  const rules = (answer: typeof first) =>
    (answer.body.refused as { reference: string; rule: string }[]).map(({ reference, rule }) => [reference, rule]);
  expect(rules(first)).toEqual([
    ['B2', 'row-repeated'],
    ['X', 'row-not-sampled'],
  ]);
  expect(rules(second)).toEqual([['A again', 'row-checked']]);
  const samples = await desk.officer().get(`/batches/${batchId}/samples`);
  expect(samples.body.items).toMatchObject([{ drawn: 5, checked: 3, sound: 1, faulty: 1, unclear: 1, coverage: 15 }]);
  expect(await rowsOf(sampleId, { unchecked: 'true' })).toHaveLength(2);
  expect((await rowsOf(sampleId, { unchecked: 'false' })).map(({ outcome }) => outcome).sort()).toEqual([
    'faulty',
    'sound',
    'unclear',
  ]);
});

it('keeps what was drawn: no draw and no sampled row is deleted', async () => {
  const { batchId } = await desk.receive({ rows: desk.rows(2) });
  const { body } = await draw(batchId, { count: 1 });
  await expect(service.query('delete from sample where id = $1', [body.sampleId])).rejects.toThrow('is history');
  await expect(service.query('delete from sample_row where sample_id = $1', [body.sampleId])).rejects.toThrow(
    'is history',
  );
});

it('answers the same for a batch and a sample that are not there', async () => {
  const answers = [
    await draw(randomUUID(), { count: 1 }),
    await check(randomUUID(), [{ rowId: randomUUID(), outcome: 'sound' }]),
    await desk.officer().get(`/samples/${randomUUID()}/rows`),
    await desk.officer().get(`/batches/${randomUUID()}/samples`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
});

it('allClean proposes what nobody noticed anything about, and lists the rest with why', async () => {
  const rows = [...desk.rows(6), desk.row({ ...doubt, theory: 91 })];
  const { batchId } = await desk.receive({ rows });
  const { body } = await draw(batchId, { count: 2, seed: 'seed-1' });
  const [sound, open] = (await rowsOf(String(body.sampleId))).filter(({ number }) => number !== 7);
  if (sound) await check(String(body.sampleId), [{ rowId: sound.id, outcome: 'sound' }]);

  const answer = await desk.propose(batchId, { allClean: 'confirm' });

  const left = answer.body.left as { rowId: string; because: string[] }[];
  const all = await desk.rowsOf(batchId);
  expect(answer.status).toBe(201);
  expect(Number(answer.body.proposed) + left.length).toBe(7);
  const because = (id: string | undefined) => left.find(({ rowId }) => rowId === id)?.because;
  expect(because(all[6]?.id)).toContain('result-before-exam-end');
  if (open) expect(because(open.id)).toEqual(['sample-unchecked']);
  expect(because(sound?.id)).toBeUndefined();
  expect((await desk.rowsOf(batchId, 'received')).map(({ id }) => id).sort()).toEqual(
    left.map(({ rowId }) => rowId).sort(),
  );
  const { body: decided } = await desk.decide(batchId);
  expect(decided.undecided).toBe(left.length);
  expect((await desk.propose(batchId, { allClean: 'confirm', all: 'confirm' })).status).toBe(400);
  expect(codesOf(await desk.propose(batchId, { allClean: 'confirm' }))).toEqual(['nothing-to-propose']);
});
