import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { anEntry, Institutions } from '../testing/directory.js';

const service = new Institutions();
let training: string;
let evaluation: string;
let elsewhere: string;
beforeAll(async () => {
  await service.start();
  training = await service.anOrganisation('training-institution', '趵突泉数字学院');
  evaluation = await service.anOrganisation('evaluation-institution', '千佛山评价中心');
  elsewhere = await service.anOrganisation('training-institution', '栈桥数字学院');
  await service.officer.put(
    `/organisations/${elsewhere}`,
    { name: '栈桥数字学院', creditCode: '91370100MA3DEMP01T', cityCode: '370200', basis: '更正' },
    { ifMatch: 1 },
  );
  for (const [id, role] of [
    [training, 'training'],
    [evaluation, 'evaluation'],
    [elsewhere, 'training'],
  ] as const)
    await service.anEntry(anEntry(id, { role, to: null }));
  await service.anEntry(anEntry(training, { levels: ['senior'], to: null }));
  await service.officer.post(
    `/organisations/${elsewhere}/suspend`,
    { from: '2026-05-01', basis: '检查' },
    { ifMatch: 2 },
  );
});
afterAll(() => service.stop());

const found = async (filter: Record<string, string>) => {
  const { body } = await service.stranger.get('/organisations', filter);
  return (body as { items: { id: string }[] }).items.map(({ id }) => id).sort();
};

it('finds organisations by part of the name however it is written, by credit code, role, city and state', async () => {
  expect(await found({ q: '数字 学院' })).toEqual([training, elsewhere].sort());
  expect(await found({ q: '91370100ma3demp01t' })).toEqual([elsewhere]);
  expect(await found({ q: '数字学院', cityCode: '370200', role: 'training-institution' })).toEqual([elsewhere]);
  expect(await found({ status: 'suspended', on: '2026-05-01' })).toEqual([elsewhere]);
  expect(await found({ status: 'suspended' })).toEqual([]);
});

it('finds organisations that an occupation was open to on a day', async () => {
  const covered = { occupationCode: '2-02-38-05' };

  expect(await found(covered)).toEqual([training, evaluation, elsewhere].sort());
  expect(await found({ ...covered, directoryRole: 'evaluation' })).toEqual([evaluation]);
  expect(await found({ ...covered, directoryRole: 'training', on: '2026-05-01' })).toEqual([training]);
  expect(await found({ ...covered, on: '2025-12-31' })).toEqual([]);
  expect(await found({ occupationCode: '2-02-38-01' })).toEqual([]);
});

it('counts institutions by city, occupation and role on a day, and links to the list of them', async () => {
  const { body } = await service.stranger.get('/coverage', { on: '2026-04-30' });

  expect(body).toMatchObject({
    on: '2026-04-30',
    organisations: 3,
    cells: [
      { cityCode: '370100', occupationCode: '2-02-38-05', role: 'evaluation', organisations: 1, entries: 1 },
      { cityCode: '370100', role: 'training', organisations: 1, entries: 2, occupationName: '智能制造工程技术人员' },
      { cityCode: '370200', role: 'training', organisations: 1, entries: 1 },
    ],
  });
  const [, second] = (body as { cells: { link: string }[] }).cells;
  const link = new URL(second?.link ?? '', 'http://localhost');
  expect(link.pathname).toBe('/api/v1/institutions/organisations');
  expect(await found(Object.fromEntries(link.searchParams))).toEqual([training]);
  const later = (await service.stranger.get('/coverage', { on: '2026-05-01', role: 'training' })).body;
  expect(later).toMatchObject({ organisations: 1, cells: [{ cityCode: '370100' }] });
  expect((await service.stranger.get('/coverage', { on: '2025-12-31' })).body).toMatchObject({
    organisations: 0,
    cells: [],
  });
});

it('lists what is still to be verified, and what that blocks', async () => {
  const of = async (filter: Record<string, string>) =>
    (await service.stranger.get('/unverified', { limit: '200', ...filter })).body as {
      total: number;
      items: { rule: string }[];
    };

  expect(await of({ scope: '2-02-38-05', level: 'junior', rule: 'hours' })).toMatchObject({
    total: 1,
    items: [{ title: '标准学时', blocks: '不能核对标准学时', ruleId: expect.any(String), confidence: 'G' }],
  });
  expect((await of({ scope: '2-02-38-05', level: 'junior', rule: 'pass-marks' })).total).toBe(0);
  const programme = (await of({ scope: 'programme' })).items.map(({ rule }) => rule);
  expect(programme).toContain('class-size');
  expect(programme).not.toContain('retired-excluded');
  await service.officer.post('/rules', {
    rule: 'hours',
    scope: '2-02-38-05',
    edition: '2021年版',
    level: 'junior',
    value: { total: 80 },
    from: '2026-04-01',
    to: null,
    document: '标准',
    article: '1.6',
    confidence: 'T',
  });
  const hours = { scope: '2-02-38-05', level: 'junior', rule: 'hours' };
  expect([(await of({ ...hours, on: '2026-03-31' })).total, (await of({ ...hours, on: '2026-04-01' })).total]).toEqual([
    1, 0,
  ]);
});
