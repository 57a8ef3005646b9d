import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { DirectoryEntrySuspended } from '@shuzheng/contracts';
import { anEntry, codesOf, Institutions } from '../testing/directory.js';

const service = new Institutions();
beforeAll(() => service.start());
afterAll(() => service.stop());

let organisation: string;
let entryId: string;
beforeEach(async () => {
  organisation = await service.anOrganisation();
  entryId = await service.anEntry(anEntry(organisation));
});

const suspend = (more: object = {}, ifMatch: number | undefined = 1) =>
  service.officer.post(
    `/directory-entries/${entryId}/suspend`,
    { from: '2026-05-01', basis: '鲁人社函〔2026〕1号', ...more },
    { ifMatch },
  );

it('suspends an entry from a day on, announces it and counts the version up', async () => {
  const { status, body } = await suspend();

  expect([status, body]).toEqual([201, { entryId, version: 2 }]);
  expect((await service.announced()).at(-1)).toEqual({
    type: DirectoryEntrySuspended.type,
    data: { entryId, organisationId: organisation, from: '2026-05-01', basis: '鲁人社函〔2026〕1号' },
  });
  expect((await service.stranger.get(`/directory-entries/${entryId}`)).body).toMatchObject({
    suspendedFrom: '2026-05-01',
    suspensionBasis: '鲁人社函〔2026〕1号',
    version: 2,
  });
});

it('needs a basis and the version that was read', async () => {
  expect((await suspend({ basis: '' })).status).toBe(400);
  const unversioned = await service.officer.post(`/directory-entries/${entryId}/suspend`, {
    from: '2026-05-01',
    basis: '依据',
  });
  expect([unversioned.status, unversioned.body.code]).toEqual([400, 'if-match-missing']);
  const stale = await suspend({}, 7);
  expect([stale.status, stale.body.code]).toEqual([409, 'stale-version']);
});

it.each(['2025-12-31', '2026-07-01'])('does not suspend from %s, outside of the entry', async (from) => {
  const before = await service.announced();

  expect(codesOf((await suspend({ from })).body)).toEqual(['suspension-outside-entry']);
  expect(await service.announced()).toEqual(before);
});

it('suspends once', async () => {
  const tries = await Promise.all([suspend(), suspend()]);

  expect(tries.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(codesOf((await suspend({ from: '2026-06-01' }, 2)).body)).toEqual(['entry-suspended']);
});

it('leaves room for a new entry from the suspended day on', async () => {
  await suspend({ from: '2026-01-01' });

  expect((await service.officer.post('/directory-entries', anEntry(organisation))).status).toBe(201);
});

it('is for the department only, and finds only what exists', async () => {
  const institution = service.as({ permissions: ['directory:manage'], organisationId: organisation });
  const body = { from: '2026-05-01', basis: '依据' };

  expect((await institution.post(`/directory-entries/${entryId}/suspend`, body, { ifMatch: 1 })).status).toBe(403);
  const absent = '/directory-entries/00000000-0000-4000-8000-0000000000ff/suspend';
  expect((await service.officer.post(absent, body, { ifMatch: 1 })).status).toBe(404);
  expect((await service.stranger.get('/directory-entries/00000000-0000-4000-8000-0000000000ff')).status).toBe(404);
});
