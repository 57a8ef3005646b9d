import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { LearnersEnrolled } from '@shuzheng/contracts';
import { sha256 } from '@shuzheng/platform';
import { readWorkbook, rosterTemplate, writeWorkbook } from '@shuzheng/workbooks';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { codesOf, faultsOf, must, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());

const { service } = world;
const sample = (name: string) => readFileSync(new URL(`../../../../samples/${name}`, import.meta.url));
const wrong = sample('roster-30-with-faults.xlsx');
const right = sample('roster-30.xlsx');
const upload = (classId: string, bytes: Buffer, options = {}) =>
  world.preparerOf().upload(`/classes/${classId}/rosters`, bytes, options);
const seatsOf = (classId: string) => service.query('select id from enrolment where class_id = $1', [classId]);

/** Everything in the sample roster that names a person. */
async function personalTexts() {
  const { rows } = await readWorkbook(right, rosterTemplate);
  return rows.flatMap(({ cells }) => [cells['name'] ?? '', cells['documentNumber'] ?? '', cells['phone'] ?? '']);
}

it('names row, column, cell, rule and advice of two wrong rows, takes nothing, and tells nothing personal', async () => {
  const classId = await world.openClass();
  const before = await service.announced();

  const { status, body } = await upload(classId, wrong);

  expect(status).toBe(422);
  expect(body).toMatchObject({ code: 'roster-rows-wrong' });
  expect(body.rows).toEqual([
    {
      row: 18,
      column: '证件号码',
      cell: 'D18',
      rule: 'document-check-digit',
      advice: expect.stringContaining('校验位'),
    },
    { row: 25, column: '是否退休', cell: 'I25', rule: 'retired-excluded', advice: expect.stringContaining('已退休') },
  ]);
  expect(body.reasons).toContainEqual(
    expect.objectContaining({ code: 'retired-excluded', source: '鲁人社字〔2022〕156号 二' }),
  );
  expect(await seatsOf(classId)).toEqual([]);
  expect(await service.query('select 1 from roster where class_id = $1', [classId])).toEqual([]);
  expect(await service.query('select 1 from person')).toEqual([]);
  expect(await service.announced()).toEqual(before);
  for (const text of await personalTexts()) expect(JSON.stringify(body)).not.toContain(text);
});

it('A09 the corrected file enrols thirty, is kept, and announces them sealed', async () => {
  const classId = await world.openClass();
  expect((await upload(classId, wrong)).status).toBe(422);

  const { status, body } = await upload(classId, right);

  expect(status).toBe(201);
  expect(body).toEqual({
    rosterId: expect.any(String),
    enrolled: 30,
    repeated: 0,
    sha256: sha256(right),
    warnings: [],
  });
  expect(await seatsOf(classId)).toHaveLength(30);
  expect(await service.query('select media_type, sha256 from file')).toEqual([
    { media_type: expect.stringContaining('spreadsheetml.sheet'), sha256: sha256(right) },
  ]);
  const last = (await service.announced()).at(-1);
  expect(last).toMatchObject({ type: LearnersEnrolled.type, data: { classId, organisationId: world.training } });
  expect(last?.data['learners']).toHaveLength(30);
  const kept = await service.query(
    `select data::text as text from event union all select detail from audit union all select answer::text from idempotency
     union all select row_to_json(person)::text from person union all select row_to_json(enrolment)::text from enrolment`,
  );
  for (const text of await personalTexts()) expect(JSON.stringify(kept)).not.toContain(text);
  const { body: found } = await world.preparerOf().get(`/classes/${classId}`);
  expect(found).toMatchObject({ state: 'enrolling', enrolled: 30 });
});

it('names the cell of a number whose form is only recalled and 待核实, and takes it', async () => {
  const classId = await world.openClass({ startsOn: '2026-02-23', endsOn: '2026-02-24' });
  const { rows } = await readWorkbook(right, rosterTemplate);
  const odd = { ...rows[0]?.cells, documentKind: '港澳居民来往内地通行证', documentNumber: 'A12345678' };

  const body = must(await upload(classId, await writeWorkbook(rosterTemplate, [odd])));

  expect(body).toMatchObject({ enrolled: 1, warnings: [{ row: 2, cell: 'D2', rule: 'document-form-unverified' }] });
});

it('tells every row of a repeated upload that it is in the class already', async () => {
  const classId = await world.openClass({ startsOn: '2026-02-11', endsOn: '2026-02-12' });
  must(await upload(classId, right));

  const { status, body } = await upload(classId, right);

  expect(status).toBe(422);
  expect(body.rows).toHaveLength(30);
  expect(new Set(faultsOf({ body }).map(({ rule }) => rule))).toEqual(new Set(['already-enrolled']));
});

it('fifty identical uploads at once leave one roster, whether they share a key or not', async () => {
  const classId = await world.openClass({ startsOn: '2026-02-13', endsOn: '2026-02-14' });
  const key = randomUUID();

  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) => upload(classId, right, i % 2 === 0 ? { key } : {})),
  );

  const rosters = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.rosterId));
  expect(rosters.size).toBe(1);
  expect(answers.every(({ status }) => status === 201 || status === 422)).toBe(true);
  expect(await service.query('select enrolled from roster where class_id = $1', [classId])).toEqual([{ enrolled: 30 }]);
  expect(await seatsOf(classId)).toHaveLength(30);
});

it('answers an upload that is sent again under its key with the first receipt', async () => {
  const classId = await world.openClass({ startsOn: '2026-02-15', endsOn: '2026-02-16' });
  const key = randomUUID();

  const [first, again] = [await upload(classId, right, { key }), await upload(classId, right, { key })];

  expect(again.body).toEqual(first.body);
  expect(codesOf(await upload(classId, wrong, { key }))).toEqual(['key-reused']);
});

it('finds the same people again under the same ids', async () => {
  const ids = async (classId: string) =>
    (await service.query('select person_id from enrolment where class_id = $1 order by place', [classId])).map(
      ({ person_id }) => person_id,
    );
  const [first, second] = [
    await world.openClass({ startsOn: '2026-02-17', endsOn: '2026-02-18' }),
    await world.openClass({ startsOn: '2026-02-19', endsOn: '2026-02-20' }),
  ];
  must(await upload(first, right));
  must(await upload(second, right));

  expect(await ids(second)).toEqual(await ids(first));
});

it.each([
  ['an empty file', Buffer.alloc(0), 'workbook-no-content'],
  ['a renamed .csv', Buffer.from('姓名,证件号码\n'), 'workbook-plain-text'],
  ['a web page', Buffer.from('<html><table></table></html>'), 'workbook-web-page'],
  ['an old .xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'workbook-old-format'],
])('A17 %s gets its own single message', async (_, bytes, code) => {
  const classId = await world.openClass({ startsOn: '2026-02-21', endsOn: '2026-02-22' });

  const answer = await upload(classId, bytes);

  expect([answer.status, codesOf(answer)]).toEqual([422, [code]]);
});

it('A17 a workbook with another header, without rows, or with too many, gets its own single message', async () => {
  const classId = await world.openClass({ startsOn: '2026-02-21', endsOn: '2026-02-22' });
  const [, ...columns] = rosterTemplate.columns;
  const other = await writeWorkbook({ ...rosterTemplate, columns }, [{ name: '甲' }]);
  const many = Array.from({ length: 501 }, () => ({ name: '甲' }));

  const answers = [
    await upload(classId, other),
    await upload(classId, await writeWorkbook(rosterTemplate, [])),
    await upload(classId, await writeWorkbook(rosterTemplate, many)),
  ];

  expect(answers.map(codesOf)).toEqual([['workbook-header-differs'], ['workbook-no-rows'], ['workbook-too-many-rows']]);
  expect(answers[0]?.body.rows[0].advice).toContain('A1');
});

it('A10 tells a cell that could not be read once, beside the faults of the other rows', async () => {
  const classId = await world.openClass({ startsOn: '2026-02-21', endsOn: '2026-02-22' });
  const row = {
    name: '甲乙',
    documentKind: '居民身份证',
    documentNumber: '11010519491231002X',
    phone: '13900000001',
    education: '大学本科',
    workplace: '示例单位',
    personKind: '在职',
    retired: '否',
  };
  const bytes = await writeWorkbook(rosterTemplate, [
    { ...row, name: '' },
    { ...row, retired: '是' },
  ]);

  const { body } = await upload(classId, bytes);

  expect(faultsOf({ body }).map(({ cell, rule }) => [cell, rule])).toEqual([
    ['B2', 'cell-required'],
    ['D3', 'repeated-in-file'],
    ['I3', 'retired-excluded'],
  ]);
  expect(body.rows[1].advice).toContain('第 2 行');
});

it('answers a foreign institution as if the class did not exist, and takes only workbooks', async () => {
  const classId = await world.openClass({ startsOn: '2026-02-23', endsOn: '2026-02-24' });

  expect((await world.preparerOf(randomUUID()).upload(`/classes/${classId}/rosters`, right)).status).toBe(404);
  expect((await world.preparerOf().post(`/classes/${classId}/rosters`, {})).status).toBe(415);
});

it('hands out the template that it takes', async () => {
  const bytes = await service.stranger.download('/roster-template.xlsx');

  await expect(readWorkbook(bytes, rosterTemplate)).rejects.toMatchObject({ code: 'workbook-no-rows' });
});
