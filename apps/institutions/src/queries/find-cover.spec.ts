import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { anEntry, Institutions } from '../testing/directory.js';

const service = new Institutions();
let organisation: string;
let entryId: string;
beforeAll(async () => {
  await service.start();
  organisation = await service.anOrganisation();
  entryId = await service.anEntry(anEntry(organisation));
});
afterAll(() => service.stop());

const cover = async (more: Record<string, string> = {}) => {
  const { body } = await service.stranger.get('/cover', {
    organisationId: organisation,
    role: 'training',
    occupationCode: '2-02-38-05',
    level: 'junior',
    on: '2026-03-02',
    ...more,
  });
  return body as Record<string, unknown>;
};

it('A02 an entry that ends on 30 June covers 30 June, and 1 July no more', async () => {
  expect(await cover({ on: '2026-06-30' })).toEqual({
    allowed: true,
    entryId,
    missing: null,
    title: '在目录内',
    advice: null,
    on: '2026-06-30',
    entry: { entryId, batch: '第一批', batchId: null, source: '公布的目录', from: '2026-01-01', to: '2026-06-30' },
    status: 'active',
    mayFinish: true,
  });
  expect(await cover({ on: '2026-07-01' })).toMatchObject({
    allowed: false,
    entryId: null,
    missing: 'directory-dates',
    title: '该日期不在目录条目的有效期内',
  });
  expect(await cover({ on: '2025-12-31' })).toMatchObject({ missing: 'directory-dates' });
});

it('A01 names the level that is missing', async () => {
  expect(await cover({ level: 'intermediate' })).toMatchObject({
    allowed: false,
    missing: 'directory-level',
    title: '目录条目不包含此等级',
  });
});

it('names the occupation or the role that is missing', async () => {
  expect(await cover({ occupationCode: '2-02-38-01' })).toMatchObject({ missing: 'directory-occupation' });
  expect(await cover({ role: 'evaluation' })).toMatchObject({ missing: 'directory-occupation' });
  const bare = await service.anOrganisation('training-institution', '没有条目的机构');
  expect(await cover({ organisationId: bare })).toMatchObject({ missing: 'directory-occupation' });
});

it('covers only the direction an entry names, and all of them where it names none', async () => {
  const other = await service.anOrganisation();
  const named = await service.anEntry(anEntry(other, { direction: '智能装备与产线应用', levels: null }));
  const of = { organisationId: other, level: 'senior' };

  expect(await cover({ ...of, direction: '智能装备与产线应用' })).toMatchObject({ allowed: true, entryId: named });
  expect(await cover({ ...of, direction: '别的方向' })).toMatchObject({ missing: 'directory-direction' });
  expect(await cover(of)).toMatchObject({ missing: 'directory-direction' });
  expect(await cover({ direction: '别的方向' })).toMatchObject({ allowed: true, entryId });
});

it('covers the days before a suspension, not those from it on, and says so for past days too', async () => {
  const other = await service.anOrganisation();
  const suspended = await service.anEntry(anEntry(other));
  await service.officer.post(
    `/directory-entries/${suspended}/suspend`,
    { from: '2026-05-01', basis: '日常检查发现问题' },
    { ifMatch: 1 },
  );
  const renewed = await service.anEntry(anEntry(other, { from: '2026-06-01' }));
  const of = { organisationId: other };

  service.clock.set('2026-09-01T09:00:00+08:00');
  expect(await cover({ ...of, on: '2026-04-30' })).toMatchObject({ allowed: true, entryId: suspended });
  expect(await cover({ ...of, on: '2026-05-01' })).toMatchObject({ allowed: false, missing: 'directory-suspended' });
  expect(await cover({ ...of, on: '2026-06-01' })).toMatchObject({ allowed: true, entryId: renewed });
  service.clock.set('2026-03-02T09:00:00+08:00');
});

it('asks for today in Shanghai when no day is given', async () => {
  const today = async () => {
    const { body } = await service.stranger.get('/cover', {
      organisationId: organisation,
      role: 'training',
      occupationCode: '2-02-38-05',
      level: 'junior',
    });
    return body as Record<string, unknown>;
  };

  service.clock.set('2026-06-30T23:59:00+08:00');
  expect(await today()).toMatchObject({ allowed: true, on: '2026-06-30' });
  service.clock.set('2026-07-01T00:00:00+08:00');
  expect(await today()).toMatchObject({ allowed: false, on: '2026-07-01' });
  service.clock.set('2026-03-02T09:00:00+08:00');
});

it('does not find an organisation that is not registered, and takes no unknown level', async () => {
  const ask = {
    organisationId: '00000000-0000-4000-8000-0000000000ff',
    role: 'training',
    occupationCode: '2-02-38-05',
  };

  expect((await service.stranger.get('/cover', { ...ask, level: 'junior' })).status).toBe(404);
  expect((await service.stranger.get('/cover', { ...ask, level: '初级' })).status).toBe(400);
});
