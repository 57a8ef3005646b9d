import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ResultsReleased, ResultVoided } from '@shuzheng/contracts';
import { meeting, rounds, ServiceUnderTest } from '@shuzheng/platform/testing';
import { assessment } from './index.js';
import {
  applying,
  aQualifiedSession,
  aReleasedSession,
  aSatSession,
  aSession,
  created,
  marksFor,
} from './testing/a-session.js';
import { aWorld, names } from './testing/a-world.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

const nth = Array.from({ length: rounds(3) }, (_, i) => i);
const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).sort();
const oneOf = (round: number, ...locks: string[]) => locks[round % locks.length] ?? '';

it.each(nth)('the last seats of an exam go to as many as there are seats (round %i)', async (round) => {
  const world = await aWorld(service, { people: names(12) });
  const sessionId = await aSession(world, { seats: 2 });
  const lock = oneOf(
    round,
    `select 1 from session where id = '${sessionId}' for update`,
    'lock table application in exclusive mode',
  );

  const answers = await meeting(
    service,
    { lock, waiting: 6 },
    world.learners.map((learner) => () => applying(world, sessionId, learner)),
  );

  expect(statuses(answers)).toEqual([201, 201, ...Array<number>(10).fill(422)]);
  const refused = answers.filter(({ status }) => status === 422).map(({ body }) => body.reasons[0].code as string);
  expect(new Set(refused)).toEqual(new Set(['session-full']));
  const [session] = await service.query(
    `select taken, (select count(*)::int from application where session_id = session.id) as seated
     from session where id = $1`,
    [sessionId],
  );
  expect(session).toEqual({ taken: 2, seated: 2 });
});

it.each(nth)('one learner who applies on two devices has one seat (round %i)', async (round) => {
  const world = await aWorld(service);
  const sessionId = await aSession(world);
  const lock = oneOf(
    round,
    `select 1 from session where id = '${sessionId}' for update`,
    'lock table application in exclusive mode',
  );
  const apply = () => applying(world, sessionId, world.learners[0]);

  const answers = await meeting(service, { lock, waiting: 2 }, [apply, apply]);

  expect(statuses(answers)).toEqual([201, 422]);
  expect(await service.query('select taken from session where id = $1', [sessionId])).toEqual([{ taken: 1 }]);
});

it.each(nth)(
  'A30 a learner withdraws while the exam is closed: withdrawn without a result, or in the exam (round %i)',
  async (round) => {
    const world = await aWorld(service);
    // A session of one day, on whose last hours both are allowed.
    const sitting = await aQualifiedSession(world, world.learners, { theoryOn: '2026-03-10', abilityOn: '2026-03-10' });
    service.clock.set('2026-03-10T18:00:00+08:00');
    const [learner] = world.learners;
    const applicationId = sitting.applications.get(learner.name) ?? '';
    const { sessionId } = sitting;
    const lock = oneOf(
      round,
      `select 1 from session where id = '${sessionId}' for update`,
      `select 1 from application where id = '${applicationId}' for update; lock table session in exclusive mode`,
    );

    const [withdrawn, closed] = await meeting(service, { lock, waiting: 2 }, [
      () => learner.caller.post(`/applications/${applicationId}/withdraw`),
      () => world.preparer.post(`/sessions/${sessionId}/close-exam`),
    ]);
    const { body } = await world.preparer.post(`/sessions/${sessionId}/results`, { results: marksFor(sitting) });

    expect(closed?.status).toBe(201);
    const left = withdrawn?.status === 201;
    expect(closed?.body.candidates).toBe(left ? 2 : 3);
    expect(body.recorded).toHaveLength(left ? 2 : 3);
    const wrong = `select 1 from result join application on application.id = application_id where application.state = 'withdrawn'`;
    expect(await service.query(wrong)).toEqual([]);
    const [{ taken }] = (await service.query('select taken from session where id = $1', [sessionId])) as [
      { taken: number },
    ];
    expect(taken).toBe(left ? 2 : 3);
  },
);

it.each(nth)('results that two release are released once (round %i)', async (round) => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const { sessionId } = sitting;
  created(await world.preparer.post(`/sessions/${sessionId}/results`, { results: marksFor(sitting) }));
  const before = (await service.announced()).length;
  const lock = oneOf(
    round,
    `select 1 from session where id = '${sessionId}' for update`,
    'lock table result in exclusive mode',
  );
  const release = () => world.approver.post(`/sessions/${sessionId}/release`);

  const answers = await meeting(service, { lock, waiting: 2 }, [release, release]);

  expect(statuses(answers)).toEqual([201, 422]);
  const told = (await service.announced()).slice(before);
  expect(told.map(({ type }) => type)).toEqual([ResultsReleased.type]);
});

it.each(nth)(
  'reporting against a result that is voided: reported and then void, or never reported (round %i)',
  async (round) => {
    const world = await aWorld(service);
    const { sessionId } = await aReleasedSession(world);
    const { body } = await world.preparer.get(`/sessions/${sessionId}/results`);
    const resultId = body.items[0].id as string;
    const lock = oneOf(
      round,
      `select 1 from session where id = '${sessionId}' for update`,
      'lock table result in exclusive mode; lock table result_report in exclusive mode',
    );

    const [reported, voided] = await meeting(service, { lock, waiting: 2 }, [
      () => world.approver.post(`/sessions/${sessionId}/result-report`),
      () => world.approver.post(`/results/${resultId}/void`, { reason: '登分错误，已核对答卷' }),
    ]);

    expect([reported?.status, voided?.status]).toEqual([201, 201]);
    const events = (await service.announced()).filter(({ data }) => data['sessionId'] === sessionId);
    const types = events.map(({ type }) => type);
    const rowIds = `select result_id as id from result_report_row join result_report on result_report.id = report_id
    where session_id = $1`;
    const rows = await service.query<{ id: string }>(rowIds, [sessionId]);
    // In the order in which they are told, the department knows what stands.
    const reportCameFirst = rows.some(({ id }) => id === resultId);
    expect(reported?.body.rows).toBe(reportCameFirst ? 3 : 2);
    const reportedAt = types.findIndex((type) => type.startsWith('assessment.result-report-filed'));
    expect(reportedAt < types.indexOf(ResultVoided.type)).toBe(reportCameFirst);
  },
);
