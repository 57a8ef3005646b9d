import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DirectoryEntrySuspended, OccupationRecorded, TrainingPlanFiled } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { aTrainingPlan, codesOf, must, subject, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());

const { service } = world;
const at = (day: string) => service.clock.set(`${day}T09:00:00+08:00`);

/** An institution with one directory entry, and how it files. */
async function anInstitution(entry: object = {}) {
  const organisationId = randomUUID();
  await world.institution(organisationId);
  await world.entry({ organisationId, ...entry });
  return {
    organisationId,
    file: async (more: object = {}) => {
      const planId = await world.draftedPlan(more, organisationId);
      return world.approverOf(organisationId).post(`/training-plans/${planId}/file`);
    },
  };
}

it('A01 refuses a plan for a level the directory does not list, names it, and stores no filing', async () => {
  const { organisationId, file } = await anInstitution({ levels: ['junior'] });
  const before = await service.announced();

  const answer = await file({ subject: { ...subject, level: 'intermediate' } });

  expect([answer.status, codesOf(answer)]).toEqual([422, ['directory-level']]);
  expect(answer.body.reasons[0]).toMatchObject({ title: '目录条目不包含此等级', source: expect.any(String) });
  expect(await service.announced()).toEqual(before);
  expect(await service.query('select 1 from filing where organisation_id = $1', [organisationId])).toEqual([]);
});

it('A02 with an entry that ends on 30 June, a class from 1 July is refused and one from 30 June is filed', async () => {
  const { file } = await anInstitution({ to: '2026-06-30' });
  at('2026-06-20');

  const late = await file({ startsOn: '2026-07-01', endsOn: '2026-07-20' });
  const inTime = await file({ startsOn: '2026-06-30', endsOn: '2026-07-20' });

  expect([late.status, codesOf(late)]).toEqual([422, ['directory-dates']]);
  expect(inTime.status).toBe(201);
  at('2026-01-05');
});

it('A04 lets only the approver file, and not what the approver prepared', async () => {
  const planId = await world.draftedPlan();
  const own = must(await world.approverOf().post('/training-plans', aTrainingPlan())).planId;

  const byPreparer = await world.preparerOf().post(`/training-plans/${planId}/file`);
  const ofOwn = await world.approverOf().post(`/training-plans/${own}/file`);
  const byApprover = await world.approverOf().post(`/training-plans/${planId}/file`);

  expect([byPreparer.status, byPreparer.body.permission]).toEqual([403, 'plans:file']);
  expect([ofOwn.status, codesOf(ofOwn)]).toEqual([422, ['same-person']]);
  expect(byApprover.status).toBe(201);
});

it('whoever amended a plan does not file it either', async () => {
  const planId = await world.draftedPlan();
  const amended = await world.approverOf().put(`/training-plans/${planId}`, aTrainingPlan(), { ifMatch: 1 });

  expect(must(amended)).toEqual({ planId, version: 2 });
  expect(codesOf(await world.approverOf().post(`/training-plans/${planId}/file`))).toEqual(['same-person']);
});

it('keeps what it was judged by, announces it, and shows what could not be verified', async () => {
  const planId = await world.draftedPlan();

  const { status, body } = await world.approverOf().post(`/training-plans/${planId}/file`);

  expect(status).toBe(201);
  expect(body).toMatchObject({ planId, version: 1, unverified: ['direction'] });
  expect((await service.announced()).at(-1)).toMatchObject({
    type: TrainingPlanFiled.type,
    data: { planId, version: 1, cityCode: '370100', subject, filedAt: body.filedAt },
  });
  expect(await service.query('select entry_ids, unverified, sha256 from filing where plan_id = $1', [planId])).toEqual([
    { entry_ids: [world.entryId], unverified: ['direction'], sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
  const { body: plan } = await world.preparerOf().get(`/training-plans/${planId}`);
  expect(plan).toMatchObject({ state: 'filed', filedVersion: 1, subject, receipts: [], unverified: ['direction'] });
});

it('names every broken rule at once', async () => {
  const { file } = await anInstitution({ to: '2025-12-31' });

  const answer = await file({
    subject: { ...subject, occupationCode: '2-02-38-99' },
    venueCityCode: '110100',
  });

  expect(codesOf(answer)).toEqual(['subject-unknown', 'venue-outside-province', 'directory-occupation']);
});

it('requires a direction of the standard only where the standard is known to set it', async () => {
  const scope = '2-02-38-03';
  await service.hear(OccupationRecorded, {
    occupationCode: scope,
    formerCode: null,
    name: '大数据工程技术人员',
    confidence: 'T',
    source: '测试',
  });
  await world.rule('directions', { known: ['大数据处理', '大数据分析'], complete: true }, { scope, level: 'junior' });
  await world.rule('directions', { known: [], complete: true }, { scope, level: 'senior' });
  const { file } = await anInstitution({ occupationCode: scope });
  const filed = (level: string, direction: string) =>
    file({ subject: { ...subject, occupationCode: scope, level, direction } });

  expect(codesOf(await filed('junior', '--'))).toEqual(['direction-missing']);
  expect(codesOf(await filed('junior', '大数据管理'))).toEqual(['direction-unknown']);
  expect((await filed('junior', '大数据处理')).body).toMatchObject({ unverified: [] });
  expect(codesOf(await filed('senior', '大数据处理'))).toEqual(['direction-unknown']);
  expect((await filed('senior', '--')).body).toMatchObject({ unverified: [] });
  expect((await filed('intermediate', '任意')).body).toMatchObject({ unverified: ['direction'] });
});

it('A03 a suspended entry allows no new plan', async () => {
  const entryId = randomUUID();
  const { organisationId, file } = await anInstitution({ entryId });
  await service.hear(DirectoryEntrySuspended, { entryId, organisationId, from: '2026-01-01', basis: '测试' });

  expect(codesOf(await file())).toEqual(['directory-suspended']);
});

it('refuses a direction that the entry does not cover', async () => {
  const { file } = await anInstitution({ direction: '智能生产管控' });

  expect(codesOf(await file())).toEqual(['directory-direction']);
});

it('files a version once, an amendment as the next version, and keeps the first filing’s date', async () => {
  const planId = await world.filedPlan();
  const again = await world.approverOf().post(`/training-plans/${planId}/file`);
  at('2026-01-06');
  must(await world.preparerOf().put(`/training-plans/${planId}`, aTrainingPlan({ plannedSeats: 40 }), { ifMatch: 1 }));
  const stale = await world.approverOf().post(`/training-plans/${planId}/file`, { version: 1 });
  const second = await world.approverOf().post(`/training-plans/${planId}/file`, { version: 2 });

  expect(codesOf(again)).toEqual(['already-filed']);
  expect([stale.status, stale.body.code]).toEqual([409, 'stale-version']);
  expect(must(second)).toMatchObject({ version: 2 });
  const { body } = await world.preparerOf().get(`/training-plans/${planId}`);
  expect(body).toMatchObject({
    state: 'filed',
    plannedSeats: 40,
    filedVersion: 2,
    firstFiledAt: expect.stringMatching(/^2026-01-05/),
    filedAt: expect.stringMatching(/^2026-01-06/),
  });
  at('2026-01-05');
});

it('files once, however many approvers ask at the same moment', async () => {
  const planId = await world.draftedPlan();

  const answers = await Promise.all(
    Array.from({ length: 8 }, () => world.approverOf().post(`/training-plans/${planId}/file`)),
  );

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(await service.query('select version from filing where plan_id = $1', [planId])).toHaveLength(1);
});

it('of two amendments of one version the second is told that it is stale', async () => {
  const planId = await world.draftedPlan();
  const amend = () => world.preparerOf().put(`/training-plans/${planId}`, aTrainingPlan(), { ifMatch: 1 });

  const statuses = (await Promise.all([amend(), amend()])).map(({ status }) => status).sort();

  expect(statuses).toEqual([200, 409]);
});

it('answers a foreign institution as if the plan did not exist', async () => {
  const planId = await world.filedPlan();
  const { organisationId } = await anInstitution();
  const [preparer, approver] = [world.preparerOf(organisationId), world.approverOf(organisationId)];

  const answers = await Promise.all([
    preparer.get(`/training-plans/${planId}`),
    preparer.put(`/training-plans/${planId}`, aTrainingPlan(), { ifMatch: 1 }),
    approver.post(`/training-plans/${planId}/file`),
    preparer.post('/announcements', { planId, text: '十个字以上的培训公告正文' }),
    preparer.post('/classes', { planId, name: '班级', startsOn: '2026-01-12', endsOn: '2026-02-10' }),
    preparer.post('/exam-plans', world.anExamPlan(planId)),
    preparer.get(`/training-plans/${randomUUID()}`),
  ]);

  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [404, 'not-found']));
  expect((await preparer.get('/training-plans')).body).toMatchObject({ total: 0 });
  expect((await world.preparerOf().get('/training-plans', { state: 'filed' })).body.total).toBeGreaterThan(0);
});

it('asks to wait for an institution that has not been heard of yet', async () => {
  const stranger = randomUUID();

  const { status, body } = await world.preparerOf(stranger).post('/training-plans', aTrainingPlan());

  expect([status, body.code]).toEqual([409, 'not-yet-known']);
});

it('files with the city of the venue where the office has set it so', async () => {
  await world.rule('filing-city', { meaning: 'venue' });
  const planId = await world.filedPlan({ venueCityCode: '370202' });

  expect((await world.cityOfficer('370200').get(`/training-plans/${planId}`)).status).toBe(200);
  expect((await world.cityOfficer('370100').get(`/training-plans/${planId}`)).status).toBe(404);
});
