import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { DirectoryEntryRecorded, DirectoryEntryResumed } from '@shuzheng/contracts';
import { anEntry, codesOf, Institutions } from '../testing/directory.js';

const service = new Institutions();
beforeAll(() => service.start());
afterAll(() => service.stop());

const { officer } = service;
let organisation: string;
let entryId: string;
beforeEach(async () => {
  service.clock.set('2026-03-02T09:00:00+08:00');
  organisation = await service.anOrganisation();
  entryId = await service.anEntry(anEntry(organisation));
});

const post = (what: string, body: object, ifMatch = 1) =>
  officer.post(`/directory-entries/${entryId}/${what}`, { basis: '鲁人社函〔2026〕1号', ...body }, { ifMatch });
const suspend = (from: string, ifMatch = 1) => post('suspend', { from }, ifMatch);
const resume = (from: string, ifMatch = 2) => post('resume', { from }, ifMatch);
const dates = (to: string | null, ifMatch = 1, more: object = {}) => post('dates', { to, ...more }, ifMatch);
const cover = async (on: string) => {
  const ask = { organisationId: organisation, role: 'training', occupationCode: '2-02-38-05', level: 'junior', on };
  return (await service.stranger.get('/cover', ask)).body as Record<string, unknown>;
};

it('lets a suspended entry count again, announces it, and still knows on which days it did not', async () => {
  await suspend('2026-03-02');
  service.clock.set('2026-03-20T09:00:00+08:00');

  expect((await resume('2026-03-20')).body).toEqual({ entryId, version: 3 });
  expect((await service.announced()).at(-1)).toEqual({
    type: DirectoryEntryResumed.type,
    data: { entryId, organisationId: organisation, from: '2026-03-20', basis: '鲁人社函〔2026〕1号' },
  });
  expect(await cover('2026-03-01')).toMatchObject({ allowed: true });
  expect(await cover('2026-03-19')).toMatchObject({ missing: 'directory-suspended' });
  expect(await cover('2026-03-20')).toMatchObject({ allowed: true, entryId, entry: { batch: '第一批' } });
  const on = async (day: string) =>
    (await service.stranger.get('/directory-entries', { organisationId: organisation, on: day })).body.total as number;
  expect([await on('2026-03-19'), await on('2026-03-20')]).toEqual([0, 1]);
  const { body } = await service.stranger.get(`/directory-entries/${entryId}/history`);
  expect(body.versions).toMatchObject([
    { act: 'record' },
    { act: 'suspend', suspendedFrom: '2026-03-02' },
    { act: 'resume' },
  ]);
});

it('may be suspended again, and takes back a suspension that has not begun', async () => {
  await suspend('2026-04-01');
  expect((await resume('2026-04-01')).status).toBe(201);
  expect(await cover('2026-04-01')).toMatchObject({ allowed: true });
  expect((await suspend('2026-05-01', 3)).status).toBe(201);
  expect(await cover('2026-05-01')).toMatchObject({ missing: 'directory-suspended' });
});

it('refuses to resume what is not suspended, too early, ahead, or after its end', async () => {
  expect(codesOf((await resume('2026-03-02', 1)).body)).toEqual(['entry-not-suspended']);
  await suspend('2026-03-10');
  expect(codesOf((await resume('2026-03-09')).body)).toEqual(['resumption-before-suspension']);
  expect(codesOf((await resume('2026-03-11')).body)).toEqual(['resumption-ahead']);
  service.clock.set('2026-07-01T09:00:00+08:00');
  expect(codesOf((await resume('2026-07-01')).body)).toEqual(['resumption-outside-entry']);
});

it('does not resume an entry whose place another has taken', async () => {
  await suspend('2026-03-02');
  await service.anEntry(anEntry(organisation, { from: '2026-06-01', to: null }));

  expect(codesOf((await resume('2026-03-02')).body)).toEqual(['directory-entry-overlaps']);
});

it.each([['2026-04-30'], ['2027-06-30'], [null]])(
  'ends or prolongs an entry to %s, and announces it anew',
  async (to) => {
    expect((await dates(to)).body).toEqual({ entryId, version: 2 });

    expect((await service.announced()).at(-1)).toMatchObject({
      type: DirectoryEntryRecorded.type,
      data: { entryId, from: '2026-01-01', to, levels: ['junior'], batch: '第一批' },
    });
    expect(await cover('2026-05-01')).toMatchObject({ allowed: to !== '2026-04-30' });
    expect(await cover('2027-01-01')).toMatchObject({ allowed: to !== '2026-04-30' });
  },
);

it('refuses dates that say nothing new, are in disorder, reach back, or meet another entry', async () => {
  await service.anEntry(anEntry(organisation, { from: '2026-07-01', to: '2026-12-31' }));

  expect(codesOf((await dates('2026-06-30')).body)).toEqual(['entry-dates-unchanged']);
  expect(codesOf((await dates('2025-12-31')).body)).toEqual(['dates-order', 'entry-end-backdated']);
  expect(codesOf((await dates('2026-03-01')).body)).toEqual(['entry-end-backdated']);
  expect(codesOf((await dates('2026-07-01')).body)).toEqual(['directory-entry-overlaps']);
  expect((await dates('2026-02-28', 1, { retroactiveBasis: '鲁人社函〔2026〕1号 第三条' })).status).toBe(201);
  expect(await cover('2026-03-01')).toMatchObject({ missing: 'directory-dates' });
});

it('does not end an entry before its suspension began, nor prolong one of an organisation that has ended', async () => {
  await suspend('2026-05-01');
  expect(codesOf((await dates('2026-04-30', 2)).body)).toEqual(['entry-ends-before-suspension']);
  await officer.post(`/organisations/${organisation}/end`, { from: '2026-03-02', basis: '注销' }, { ifMatch: 1 });
  expect(codesOf((await dates('2027-06-30', 2)).body)).toEqual(['organisation-is-ended']);
});

it('leaves one of two changes that come at once, and is for the department alone', async () => {
  const tries = await Promise.all([dates('2026-04-30'), dates('2026-05-31')]);
  expect(tries.map(({ status }) => status).sort()).toEqual([201, 409]);

  const institution = service.as({ permissions: ['directory:manage'], organisationId: organisation });
  const body = { to: null, from: '2026-05-01', basis: '依据' };
  for (const what of ['dates', 'resume']) {
    const { to, from, basis } = body;
    const sent = what === 'dates' ? { to, basis } : { from, basis };
    expect((await institution.post(`/directory-entries/${entryId}/${what}`, sent, { ifMatch: 2 })).status).toBe(403);
    const absent = `/directory-entries/00000000-0000-4000-8000-0000000000ff/${what}`;
    expect((await officer.post(absent, sent, { ifMatch: 1 })).status).toBe(404);
  }
  expect((await service.stranger.get('/directory-entries/00000000-0000-4000-8000-0000000000ff/history')).status).toBe(
    404,
  );
});
