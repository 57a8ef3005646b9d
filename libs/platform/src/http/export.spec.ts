import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ServiceUnderTest } from '../testing/index.js';
import { sample } from '../testing/sample-service.js';

const service = new ServiceUnderTest(sample);
beforeAll(() => service.start());
afterAll(() => service.stop());
beforeEach(() => service.behind((client) => client.query('delete from note')));

const organisationId = randomUUID();
const reader = service.as({ permissions: [], organisationId });

const store = (words: readonly string[], organisation = organisationId) =>
  service.behind((client) =>
    client.query(
      `insert into note (id, organisation_id, city_code, words, rank)
       select gen_random_uuid(), $1, '370100', words, null from unnest($2::text[]) as words`,
      [organisation, words],
    ),
  );

const many = (count: number) => Array.from({ length: count }, (_, i) => `n${String(i).padStart(6, '0')}`);

it('gives every row of a list as a file, in its order, whatever page was asked for', async () => {
  await store(many(431));
  await store(['foreign'], randomUUID());

  const { status, headers, text } = await reader.get('/notes', { format: 'csv', sort: 'words', limit: 5 });

  expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(headers['content-disposition']).toBe('attachment; filename="notes-list.csv"');
  const [head, ...rows] = text.trim().split('\r\n');
  expect(head?.replace('\uFEFF', '')).toBe('id,words,rank,version');
  expect(rows.map((row) => row.split(',')[1])).toEqual(many(431));
});

it('writes what could be a formula, a separator or a quote as plain text', async () => {
  await store(['=1+1', '+86', '@sum', '-2', 'a,b', 'say "no"']);

  const { text } = await reader.get('/notes', { format: 'csv', sort: 'words' });

  for (const cell of [`'=1+1`, `'+86`, `'@sum`, `'-2`, '"a,b"', '"say ""no"""']) expect(text).toContain(`,${cell},,`);
});

it('keeps the head of a list that is empty', async () => {
  expect((await reader.get('/notes', { format: 'csv' })).text).toBe('\uFEFFid,words,rank,version\r\n');
});

it('refuses more than ten thousand rows, and says what to do', async () => {
  await store(many(10_001));

  const { status, body } = await reader.get('/notes', { format: 'csv' });

  expect([status, body.code, body.reasons[0].advice]).toEqual([422, 'export-too-large', '请缩小筛选范围，分几次导出']);
});

it('is in the interface document: as a file, and as too large for one', async () => {
  const { paths } = (await (await fetch(`${service.url}/api/openapi.json`)).json()) as Documented;
  const { responses } = paths['/api/v1/oversight/notes']?.get ?? { responses: {} };

  expect(Object.keys(responses['200']?.content ?? {})).toEqual(['application/json', 'text/csv']);
  expect(Object.keys(responses['422']?.content ?? {})).toEqual(['application/problem+json']);
});

interface Documented {
  readonly paths: Record<
    string,
    { readonly get: { readonly responses: Record<string, { readonly content: object }> } }
  >;
}
