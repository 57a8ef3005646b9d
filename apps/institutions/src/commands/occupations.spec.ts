import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { OccupationRecorded } from '@shuzheng/contracts';
import { codesOf, Institutions } from '../testing/directory.js';

const service = new Institutions();
beforeAll(() => service.start());
afterAll(() => service.stop());

const { officer } = service;
const anOccupation = (more: object = {}) => ({
  name: '数字孪生工程技术人员',
  currentCode: '2-02-38-14',
  currentConfidence: 'T',
  formerCode: null,
  formerConfidence: null,
  confidence: 'T',
  source: '人力资源社会保障部公布的新职业',
  ...more,
});
const record = (more: object = {}) => officer.post('/occupations', { code: '2-02-38-14', ...anOccupation(more) });
const change = (code: string, more: object = {}, ifMatch = 1) =>
  officer.put(`/occupations/${code}`, anOccupation(more), { ifMatch });

it('records an occupation once, announces it, and asks at once for all that is not known of it', async () => {
  const tries = await Promise.all([record(), record()]);

  expect(tries.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(tries.flatMap(({ status, body }) => (status === 422 ? codesOf(body) : []))).toEqual(['occupation-recorded']);
  expect((await service.announced()).at(-1)).toEqual({
    type: OccupationRecorded.type,
    data: {
      occupationCode: '2-02-38-14',
      formerCode: null,
      name: '数字孪生工程技术人员',
      confidence: 'T',
      source: '人力资源社会保障部公布的新职业',
    },
  });
  const { body } = await service.stranger.get('/unverified', { scope: '2-02-38-14', rule: 'hours' });
  expect(body).toMatchObject({
    total: 3,
    items: [{ ruleId: null, confidence: 'G', occupationName: '数字孪生工程技术人员' }, {}, {}],
  });
});

it('changes an occupation, keeps what was before, and a release does not undo it', async () => {
  const more = {
    name: '机器人工程技术人员',
    currentCode: '2-02-38-10',
    formerCode: '2-02-07-99',
    formerConfidence: 'T',
    source: '标准原文',
  };

  expect((await change('2-02-38-10', more)).body).toEqual({ occupationCode: '2-02-38-10', version: 2 });
  expect((await service.announced()).at(-1)).toMatchObject({
    data: { occupationCode: '2-02-38-10', formerCode: '2-02-07-99' },
  });
  await service.loadAgain('the next release');
  expect((await service.stranger.get('/occupations/2-02-38-10')).body).toMatchObject({
    formerCode: { value: '2-02-07-99', status: 'known' },
    source: '标准原文',
    version: 2,
  });
  const { body } = await service.stranger.get('/occupations/2-02-38-10/history');
  expect(body.versions).toMatchObject([
    { version: 1, formerCode: null },
    { version: 2, source: '标准原文' },
  ]);
  expect((await change('2-02-38-10', more)).body.code).toBe('stale-version');
});

it('names every broken rule and leaves nothing', async () => {
  const before = await service.announced();
  const taken = { name: '人工智能工程技术人员', formerCode: '2-02-10-09', formerConfidence: 'R' };

  expect(codesOf((await change('2-02-38-11', taken)).body)).toEqual([
    'occupation-name-taken',
    'occupation-code-taken',
    'occupation-code-unverified',
  ]);
  expect(await service.announced()).toEqual(before);
});

it('is for the department alone, and finds only what exists', async () => {
  const institution = service.as({ permissions: ['rules:manage'], reach: 'organisation' });

  expect((await institution.post('/occupations', { code: '2-02-38-99', ...anOccupation() })).status).toBe(403);
  expect((await change('2-02-38-99')).status).toBe(404);
  expect((await service.stranger.get('/occupations/2-02-38-99/history')).status).toBe(404);
});
