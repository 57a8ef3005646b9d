import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { DirectoryEntryRecorded } from '@shuzheng/contracts';
import { anEntry, codesOf, Institutions } from '../testing/directory.js';

const service = new Institutions();
beforeAll(() => service.start());
afterAll(() => service.stop());

const { officer } = service;
const record = (entry: object) => officer.post('/directory-entries', entry);
let organisation: string;
beforeEach(async () => {
  organisation = await service.anOrganisation();
});

it('records an entry, announces it with its levels in order, and leaves one audit row', async () => {
  const { body, status } = await record(anEntry(organisation, { levels: ['senior', 'junior', 'senior'] }));

  expect({ status, body }).toEqual({ status: 201, body: { entryId: expect.any(String) } });
  expect((await service.announced()).at(-1)).toEqual({
    type: DirectoryEntryRecorded.type,
    data: {
      entryId: body.entryId,
      organisationId: organisation,
      role: 'training',
      occupationCode: '2-02-38-05',
      direction: null,
      levels: ['junior', 'senior'],
      from: '2026-01-01',
      to: '2026-06-30',
      batch: '第一批',
    },
  });
  const audit = await service.query('select operation from audit where subject = $1', [
    `directory-entry:${body.entryId}`,
  ]);
  expect(audit).toEqual([{ operation: 'institutions.record-directory-entry' }]);
});

it('shows an entry to anybody, and lists those in force on a day', async () => {
  const entryId = await service.anEntry(anEntry(organisation));
  const later = await service.anEntry(anEntry(organisation, { from: '2026-07-01', to: null, levels: null }));
  const on = async (day: string) =>
    (await service.stranger.get('/directory-entries', { organisationId: organisation, on: day })).body as {
      items: { id: string }[];
    };

  expect((await on('2026-06-30')).items.map(({ id }) => id)).toEqual([entryId]);
  expect((await on('2026-07-01')).items.map(({ id }) => id)).toEqual([later]);
  expect((await on('2025-12-31')).items).toEqual([]);
  expect((await service.stranger.get(`/directory-entries/${entryId}`)).body).toMatchObject({
    id: entryId,
    organisationName: expect.stringContaining('泉城智能制造培训中心'),
    occupationName: '智能制造工程技术人员',
    levels: ['junior'],
    suspendedFrom: null,
    version: 1,
  });
  expect((await service.stranger.get(`/directory-entries/${later}`)).body).toMatchObject({ levels: null, to: null });
});

it('names every broken rule and leaves nothing', async () => {
  const before = await service.announced();

  const { body, status } = await record(
    anEntry(organisation, {
      role: 'evaluation',
      occupationCode: '9-99-99-99',
      levels: ['master'],
      from: '2026-07-01',
    }),
  );

  expect(status).toBe(422);
  expect(codesOf(body)).toEqual(['directory-role-mismatch', 'occupation-unknown', 'level-unknown', 'dates-order']);
  expect(await service.announced()).toEqual(before);
});

it('does not take an empty list of levels for all levels', async () => {
  const { body } = await record(anEntry(organisation, { levels: [] }));

  expect(codesOf(body)).toEqual(['level-unknown']);
});

it('keeps evaluation to evaluation institutions', async () => {
  const evaluation = await service.anOrganisation('evaluation-institution', '海右评价中心');

  expect((await record(anEntry(evaluation, { role: 'evaluation' }))).status).toBe(201);
  expect(codesOf((await record(anEntry(evaluation))).body)).toEqual(['directory-role-mismatch']);
});

it('does not find an organisation that is not registered', async () => {
  expect((await record(anEntry('00000000-0000-4000-8000-0000000000ff'))).status).toBe(404);
});

it('refuses the same entry for days it already covers, and takes it from the next day on', async () => {
  await service.anEntry(anEntry(organisation));

  const onLastDay = await record(anEntry(organisation, { from: '2026-06-30', to: null }));
  expect(codesOf(onLastDay.body)).toEqual(['directory-entry-overlaps']);
  expect((await record(anEntry(organisation, { from: '2026-07-01', to: null }))).status).toBe(201);
  expect((await record(anEntry(organisation, { levels: ['senior'] }))).status).toBe(201);
  expect((await record(anEntry(organisation, { direction: '智能装备与产线应用' }))).status).toBe(201);
});

it('leaves one of two identical entries that come at once', async () => {
  const tries = await Promise.all([1, 2, 3, 4].map(() => record(anEntry(organisation))));

  expect(tries.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
  expect(await service.query('select id from directory_entry where organisation_id = $1', [organisation])).toHaveLength(
    1,
  );
});

it('holds the days apart by a constraint, even against a statement that forgets to look', async () => {
  const entryId = await service.anEntry(anEntry(organisation));

  await expect(
    service.query(
      `insert into directory_entry (id, organisation_id, role, occupation_code, direction, levels, valid_from, valid_to, batch, source, recorded_at)
       select gen_random_uuid(), organisation_id, role, occupation_code, direction, levels, '2026-06-30', null, batch, source, recorded_at
       from directory_entry where id = $1`,
      [entryId],
    ),
  ).rejects.toMatchObject({ code: '23P01' });
});

it('lets only the department write, whatever permission somebody was given', async () => {
  const institution = service.as({ permissions: ['directory:manage'], organisationId: organisation });

  const { status, body } = await institution.post('/directory-entries', anEntry(organisation));

  expect([status, body.permission]).toEqual([403, 'directory:manage']);
});

it('answers a repeated key with the same entry', async () => {
  const options = { key: 'one-entry-only' };
  const first = await officer.post('/directory-entries', anEntry(organisation), options);
  const again = await officer.post('/directory-entries', anEntry(organisation), options);

  expect([again.status, again.body]).toEqual([201, first.body]);
});
