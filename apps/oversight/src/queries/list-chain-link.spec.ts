import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  CertificateSuspended,
  ClassCancelled,
  EnrolmentsWithdrawn,
  OrganisationRegistered,
  PersonsMerged,
  ResultVoided,
  RowsNationallyReturned,
  SessionCancelled,
} from '@shuzheng/contracts';
import { type Caller, ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { type Counts, fieldOf, links, unequal } from '../domain/chain.js';
import { oversight } from '../index.js';
import { Story } from '../testing/events.js';

const service = new ServiceUnderTest(oversight);
beforeAll(async () => {
  await service.start();
  await service.runTimers();
});
afterAll(() => service.stop());

const department = service.as({ permissions: ['clocks:read'], reach: 'province' });
const claims = { permissions: ['clocks:read'] } as const;
const chainOf = async (filter: Record<string, string>, caller: Caller = department) =>
  (await caller.get('/chain', filter)).body as Counts & Record<string, unknown>;
const listed = async (link: string, filter: Record<string, string>, caller: Caller = department) =>
  (await caller.get(`/chain/${link}`, { limit: 200, ...filter })).body;

/** Ten enrolled, one withdrawn, eight completed; seven entered; five passed; three confirmed, one returned; two issued. */
async function aStory(cityCode?: string) {
  const story = new Story(service, cityCode);
  await story.planned();
  await story.examPlanned();
  await story.enrolled(10);
  const { classId, training: organisationId } = story;
  await story.completed('2026-01-31', 8);
  const { enrolmentId, personId } = story.learners[9] ?? { enrolmentId: '', personId: '' };
  const enrolments = [{ enrolmentId, personId, reason: 'own-wish' }];
  await story.hear(EnrolmentsWithdrawn, { classId, organisationId, withdrawnOn: '2026-01-20', enrolments });
  await story.sessionOpened();
  await story.qualified(7);
  await story.sat('2026-02-02');
  await story.released(['passed', 'passed', 'passed', 'passed', 'passed', 'failed']);
  await story.resultReported('2026-02-10');
  await story.received('2026-02-10');
  await story.decided('2026-02-11', ['confirmed', 'confirmed', 'confirmed', 'returned'], 1);
  await story.packaged('2026-02-12', 3);
  await story.approved('2026-03-01', 3);
  await story.issued('2026-03-01', '2026-03-05', 2, 1);
  return story;
}

it('backs every number of the chain with the list of its persons, and the sums come out', async () => {
  const { planId } = await aStory();
  const counts = await chainOf({ planId });

  expect(counts).toMatchObject({
    ...{
      filed: 10,
      withdrawn: 1,
      inTraining: 1,
      completed: 8,
      notEntered: 1,
      entered: 7,
      awaitingResult: 1,
      passed: 5,
    },
    ...{ failed: 1, confirmed: 3, returned: 1, awaitingConfirmation: 1, issued: 2, awaitingIssue: 1 },
  });
  expect(unequal(counts)).toEqual([]);
  for (const link of links) {
    const { total, items } = await listed(link, { planId });
    expect([link, total, items.length]).toEqual([link, counts[fieldOf(link) as keyof Counts], total]);
  }
});

it('says of each person by masked id how far, since when and whose turn, and pages', async () => {
  const story = await aStory();
  const { planId, sessionId, batchId, classId } = story;
  const [awaiting] = (await listed('awaiting-issue', { planId })).items;
  const entered = (await listed('entered', { sessionId })).items as { state: string; waitsFor: string | null }[];
  const first = await department.get('/chain/entered', { sessionId, limit: 3, sort: '-since' });
  const second = await department.get('/chain/entered', {
    sessionId,
    limit: 3,
    sort: '-since',
    cursor: first.body.next,
  });

  expect(awaiting).toMatchObject({
    ...{ classId, sessionId, batchId, state: 'awaiting-issue', title: '待颁发', waitsFor: 'evaluation-approver' },
    ...{ since: '2026-02-11', waitsForTitle: '评价机构审批人' },
  });
  expect(awaiting.person).toMatch(/^[0-9a-f]{4}\*{4}$/);
  expect(entered.map(({ state }) => state).sort()).toEqual([
    ...['awaiting-confirmation', 'awaiting-issue', 'awaiting-result', 'failed', 'issued', 'issued', 'returned'],
  ]);
  expect(entered.find(({ state }) => state === 'returned')).toMatchObject({ waitsFor: 'evaluation-preparer' });
  const ids = [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(6);
  expect((await listed('in-training', { classId })).items).toMatchObject([{ state: 'in-training', sessionId: null }]);
  expect((await listed('filed', { sessionId })).total).toBe(0);
  expect((await department.get('/chain/everything')).status).toBe(404);
});

it('shows an evaluation institution its own part without a negative gap, and the city what is returned', async () => {
  const story = await aStory('370400');
  await service.hear(OrganisationRegistered, {
    ...{ organisationId: story.evaluation, name: '海右评价中心', creditCode: null, cityCode: '370100' },
    role: 'evaluation-institution',
  });
  const evaluation = service.as({ ...claims, organisationId: story.evaluation });
  const city = service.as({ ...claims, reach: 'city', organisationId: randomUUID(), cityCode: '370400' });
  const stranger = service.as({ ...claims, organisationId: randomUUID() });

  const own = await chainOf({}, evaluation);
  expect(own).toMatchObject({ includesTraining: false, filed: 0, notEntered: 0, entered: 7, passed: 5, returned: 1 });
  expect(Math.min(...Object.values(own['gaps'] as Record<string, number>))).toBe(0);
  expect(unequal(own)).toEqual([]);
  expect(await chainOf({ planId: story.planId }, city)).toMatchObject({
    includesTraining: true,
    filed: 10,
    returned: 1,
  });
  expect((await listed('returned', {}, city)).total).toBe(1);
  expect((await listed('entered', {}, stranger)).total).toBe(0);
  expect((await stranger.get('/chain', { sessionId: story.sessionId })).status).toBe(404);
});

it('counts a returned row as awaiting again when it has come back, and as it is decided then', async () => {
  const story = await aStory();
  const { planId, sessionId, batchId, evaluation: organisationId } = story;
  const returned = story.results[3] ? [story.results[3]] : [];
  await story.resultReported('2026-03-06', 2, returned);
  const back = await chainOf({ planId });
  await story.received('2026-03-06', 2);
  await story.decided('2026-03-07', ['confirmed'], 0, 2, returned);
  const confirmed = await chainOf({ planId });
  const { rowId = '', resultId = '', personId = '' } = story.rows[4] ?? {};
  const rows = [{ rowId, resultId, personId }];
  await story.hear(RowsNationallyReturned, {
    ...{ replyId: randomUUID(), batchId, sessionId, organisationId, returnedOn: '2026-03-20', rows },
  });

  expect(back).toMatchObject({ returned: 0, awaitingConfirmation: 2, confirmed: 3 });
  expect(confirmed).toMatchObject({ returned: 0, awaitingConfirmation: 1, confirmed: 4, awaitingIssue: 2 });
  expect(await chainOf({ planId })).toMatchObject({ returned: 1, nationallyReturned: 1, confirmed: 3 });
});

it('A36 takes a voided result out of those who passed, and keeps it in the list of what was voided', async () => {
  const story = await aStory();
  const { sessionId, evaluation: organisationId } = story;
  const { resultId = '', applicationId = '', personId = '' } = story.results[4] ?? {};
  await story.hear(ResultVoided, {
    ...{
      sessionId,
      organisationId,
      resultId,
      applicationId,
      personId,
      reason: 'entered-wrongly',
      voidedOn: '2026-02-11',
    },
  });

  const counts = await chainOf({ sessionId });
  expect(counts).toMatchObject({ entered: 7, passed: 4, voided: 1, awaitingConfirmation: 0 });
  expect(unequal(counts)).toEqual([]);
  expect((await listed('voided', { sessionId })).items).toMatchObject([{ id: applicationId, since: '2026-02-11' }]);
});

it('hears that a class or a session is cancelled, and who has left with it', async () => {
  const story = await new Story(service).begun();
  await story.enrolled(4);
  await story.qualified(2);
  const { classId, sessionId, planId, training, evaluation } = story;
  await story.hear(ClassCancelled, { classId, organisationId: training, cancelledOn: '2026-01-10' });
  await story.hear(SessionCancelled, { sessionId, organisationId: evaluation, cancelledOn: '2026-01-11' });

  expect(await chainOf({ planId })).toMatchObject({ filed: 4, withdrawn: 4, inTraining: 0, entered: 0 });
  expect((await department.get('/status', { subjectId: classId })).body).toMatchObject({
    title: '已取消',
    waitsFor: null,
  });
});

it('shows suspended and revoked certificates among those issued', async () => {
  const story = await aStory();
  const { batchId, planId } = story;
  const certificateId = story.certificates[1]?.certificateId ?? '';
  await story.hear(CertificateSuspended, {
    ...{
      batchId,
      certificateId,
      registryNumber: '37-2026-0000123-33',
      suspendedOn: '2026-04-01',
      reason: 'under-review',
    },
  });
  await story.revoked();

  expect(await chainOf({ planId })).toMatchObject({ issued: 2, suspended: 1, revoked: 1 });
  expect((await listed('revoked', { planId })).items).toMatchObject([
    { state: 'revoked', since: '2026-04-01', waitsFor: null },
  ]);
});

it('counts two entries of one person as one, whichever topic is heard first', async () => {
  const story = await new Story(service).begun();
  await story.enrolled(1);
  await story.completed('2026-01-31', 1);
  const personId = randomUUID();
  await story.hear(PersonsMerged, {
    ...{ personId, mergedPersonId: story.learners[0]?.personId ?? '', mergedAt: '2026-02-01T09:00:00.000+08:00' },
  });
  await story.qualified(1);

  expect(await chainOf({ planId: story.planId })).toMatchObject({ completed: 1, notEntered: 0, entered: 1 });
});

it('shows a learner their own way and nobody else’s', async () => {
  const story = await aStory();
  const personId = story.learners[0]?.personId ?? '';
  const learner = service.as({ permissions: ['own-record:read'], reach: 'self', personId });

  const { status, body } = await learner.get('/my/record');

  expect(status).toBe(200);
  expect(body).toMatchObject({
    trainings: [{ classId: story.classId, state: 'has-entered', since: '2026-01-31' }],
    exams: [{ sessionId: story.sessionId, state: 'issued', title: '已颁发', since: '2026-03-05' }],
  });
  expect((await service.as({ permissions: ['own-record:read'], reach: 'province' }).get('/my/record')).status).toBe(
    403,
  );
});
