import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { ServiceUnderTest } from '../testing/index.js';
import { sample } from '../testing/sample-service.js';

const service = new ServiceUnderTest(sample);
beforeAll(() => service.start());
afterAll(() => service.stop());
beforeEach(() => service.behind((client) => client.query('delete from note')));

const organisationId = randomUUID();
const reader = service.as({ permissions: [], organisationId });

interface Note {
  readonly id: string;
  readonly words: string;
  readonly rank: number | null;
}

const store = (notes: readonly Omit<Note, 'id'>[], organisation = organisationId) =>
  service.behind((client) =>
    client.query(
      `insert into note (id, organisation_id, city_code, words, rank)
       select gen_random_uuid(), $1, '370100', * from unnest($2::text[], $3::int[])`,
      [organisation, notes.map(({ words }) => words), notes.map(({ rank }) => rank)],
    ),
  );

async function readAll(sort: string, limit: number, between: () => Promise<unknown> = () => Promise.resolve()) {
  const items: Note[] = [];
  const totals: number[] = [];
  for (let cursor: string | null = ''; cursor !== null; await between()) {
    const { status, body } = await reader.get('/notes', { sort, limit, ...(cursor ? { cursor } : {}) });
    expect(status).toBe(200);
    items.push(...(body.items as Note[]));
    totals.push(body.total as number);
    cursor = body.next as string | null;
  }
  return { items, totals };
}

const ids = (notes: readonly { id: string }[]) => notes.map(({ id }) => id);
const someNotes = fc.array(
  fc.record({
    words: fc.constantFrom('a', 'b', '甲', '乙', "o'clock", 'A', '-', ' '),
    rank: fc.option(fc.integer({ min: -2, max: 2 })),
  }),
  { maxLength: 40 },
);

it('shows each row once, in its order, on pages of any length, also where values are equal or missing', async () => {
  const sorts = fc.constantFrom('words', '-words', 'rank', '-rank', 'version', '-version');
  await fc.assert(
    fc.asyncProperty(someNotes, sorts, fc.integer({ min: 1, max: 9 }), async (notes, sort, limit) => {
      await service.behind((client) => client.query('delete from note'));
      await store(notes);
      const direction = sort.startsWith('-') ? 'desc' : 'asc';
      const ordered = await service.query<{ id: string }>(
        `select id from note order by ${sort.replace('-', '')} ${direction}, id ${direction}`,
      );

      const { items, totals } = await readAll(sort, limit);

      expect(ids(items)).toEqual(ids(ordered));
      expect(new Set(totals)).toEqual(new Set([notes.length]));
    }),
    { numRuns: 40 },
  );
});

it.each(['words', 'rank', '-rank'])(
  'sorted by %s shows what was there once, whatever is added meanwhile',
  async (sort) => {
    await store(Array.from({ length: 30 }, (_, i) => ({ words: `w${i % 4}`, rank: i % 3 === 0 ? null : i % 5 })));
    const before = await service.query<{ id: string }>('select id from note');
    const added = { words: 'w1', rank: 2 };

    const { items } = await readAll(sort, 4, () => store([added, { words: 'w0', rank: null }]));

    const seen = ids(items);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(ids(before)));
  },
);

it('says how many there are in all, and null after the last page', async () => {
  await store([1, 2, 3].map((rank) => ({ words: 'x', rank })));

  const { body } = await reader.get('/notes', { limit: 2 });
  const rest = await reader.get('/notes', { limit: 2, cursor: body.next });

  expect([body.items.length, body.total]).toEqual([2, 3]);
  expect([rest.body.items.length, rest.body.total, rest.body.next]).toEqual([1, 3, null]);
  expect((await reader.get('/notes', { tone: 'rude' })).body).toEqual({ items: [], total: 0, next: null });
});

it('counts and shows only what the caller may see', async () => {
  await store([{ words: 'own', rank: 1 }]);
  await store(
    [1, 2, 3].map((rank) => ({ words: 'foreign', rank })),
    randomUUID(),
  );

  const { body } = await reader.get('/notes');
  const province = await service.as({ permissions: [], reach: 'province' }).get('/notes', { limit: 2 });

  expect([body.total, (body.items as Note[]).map(({ words }) => words)]).toEqual([1, ['own']]);
  expect([province.body.total, province.body.items.length]).toEqual([4, 2]);
  expect((await service.stranger.get('/notes')).body).toEqual({ items: [], total: 0, next: null });
});

it('shows nobody the rows behind a cursor of somebody else', async () => {
  await store([1, 2, 3].map((rank) => ({ words: 'own', rank })));
  const { body } = await reader.get('/notes', { limit: 1 });
  const other = service.as({ permissions: [], organisationId: randomUUID() });

  expect((await other.get('/notes', { cursor: body.next })).body).toEqual({ items: [], total: 0, next: null });
});

describe('a cursor', () => {
  const made = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  const id = randomUUID();

  it.each([
    ['of another order', made('-rank', '1', id)],
    ['with a text for a number', made('rank', 'one', id)],
    ['with a number too large', made('rank', '99999999999', id)],
    ['with an id that is none', made('rank', '1', "' or true --")],
    ['with a NUL', made('rank', '1', '\0')],
    ['without an id', made('rank', '1')],
    ['with lists', made('rank', ['1'], [id])],
    ['that is JSON but no list', Buffer.from('{"a":1}').toString('base64url')],
    ['that is null', Buffer.from('null').toString('base64url')],
    ['that is nothing of the kind', 'hello'],
  ])('%s is refused', async (_, cursor) => {
    const { status, body } = await reader.get('/notes', { sort: 'rank', cursor });

    expect([status, body.faults]).toEqual([
      400,
      [{ field: 'cursor', rule: 'cursor-unknown', advice: '请使用上一页返回的 next' }],
    ]);
  });
});

it.each(['holder_name_sealed', 'constructor', '', '--rank'])(
  'refuses the order %p, and says what the list can be sorted by',
  async (sort) => {
    const { status, body } = await reader.get('/notes', { sort, limit: 0 });

    expect([status, body.faults]).toEqual([
      400,
      [
        { field: 'limit', rule: 'min', advice: '数值过小' },
        { field: 'sort', rule: 'sort-unknown', advice: '请使用 words、rank、version 之一，前缀 - 表示降序' },
      ],
    ]);
  },
);
