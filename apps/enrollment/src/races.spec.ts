import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { DirectoryEntrySuspended, TrainingPlanFiled } from '@shuzheng/contracts';
import { meeting, queued, rounds } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { codesOf, World } from './testing/world.js';

const world = new World();
beforeAll(() => world.start());
beforeEach(() => world.service.clock.set('2026-01-05T09:00:00+08:00'));
afterAll(() => world.stop());

const { service } = world;
const nth = Array.from({ length: rounds(3) }, (_, i) => i);
const oneOf = (round: number, ...locks: string[]) => locks[round % locks.length] ?? '';

it.each(nth)('the last seats of a class go to as many as there are seats (round %i)', async (round) => {
  const classId = await world.openClass({ plannedSeats: 3 });
  const lock = oneOf(
    round,
    `select 1 from training_class where id = '${classId}' for update`,
    'lock table enrolment in exclusive mode',
  );

  const answers = await meeting(
    service,
    { lock, waiting: 6 },
    Array.from({ length: 10 }, () => {
      const learners = [world.aLearner()];
      return () => world.preparerOf().post(`/classes/${classId}/enrolments`, { learners });
    }),
  );

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, ...Array<number>(7).fill(422)]);
  const refused = answers.filter(({ status }) => status === 422);
  expect(new Set(refused.flatMap(codesOf))).toEqual(new Set(['class-full']));
  const seats = await service.query('select place from enrolment where class_id = $1 order by place', [classId]);
  expect(seats).toEqual([{ place: 1 }, { place: 2 }, { place: 3 }]);
});

it.each(nth)(
  'A03 a plan filed while its entry is suspended is filed before that, or refused (round %i)',
  async (round) => {
    const [organisationId, entryId] = [randomUUID(), randomUUID()];
    await world.institution(organisationId);
    await world.entry({ organisationId, entryId });
    const planId = await world.draftedPlan({}, organisationId);
    const file = () => world.approverOf(organisationId).post(`/training-plans/${planId}/file`);
    const filed = () => service.query('select 1 from filing where plan_id = $1', [planId]);
    // The suspension must not overtake a filing that was judged without it.
    const filingWhenSuspended: number[] = [];
    const suspend = async () => {
      if (round % 3 === 0) await service.behind((client) => queued(client, 1));
      await service.hear(DirectoryEntrySuspended, { entryId, organisationId, from: '2026-01-01', basis: '测试' });
      filingWhenSuspended.push((await filed()).length);
    };
    const lock = oneOf(
      round,
      'lock table filing in exclusive mode',
      `select 1 from training_plan where id = '${planId}' for update; select 1 from known_directory_entry for update`,
      `select 1 from known_directory_entry where entry_id = '${entryId}' for update`,
    );

    const [answer] = await meeting<unknown>(service, { lock, waiting: 2 }, [file, suspend]);

    const { status } = answer as { status: number };
    expect([201, 422]).toContain(status);
    expect(filingWhenSuspended).toEqual([status === 201 ? 1 : 0]);
    expect(await filed()).toHaveLength(status === 201 ? 1 : 0);
    const told = (await service.announced()).filter(
      ({ type, data }) => type === TrainingPlanFiled.type && data['planId'] === planId,
    );
    expect(told).toHaveLength(status === 201 ? 1 : 0);
    const next = await world.draftedPlan({}, organisationId);
    expect(codesOf(await world.approverOf(organisationId).post(`/training-plans/${next}/file`))).toEqual([
      'directory-suspended',
    ]);
  },
);
