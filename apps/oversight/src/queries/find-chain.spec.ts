import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { forget, sql, system } from '@shuzheng/platform';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { oversight } from '../index.js';
import { Story } from '../testing/events.js';

const service = new ServiceUnderTest(oversight);
beforeAll(async () => {
  await service.start();
  await service.runTimers();
});
afterAll(() => service.stop());

const department = service.as({ permissions: ['clocks:read'], reach: 'province' });
const chainOf = async (planId: string, caller = department) => (await caller.get('/chain', { planId })).body;

/** 40 enrolled, 36 completed, 34 entered, 30 passed, 28 confirmed, 26 issued, one of them revoked. */
async function aWholeChain(cityCode?: string) {
  const story = new Story(service, cityCode);
  await story.planned();
  await story.examPlanned();
  await story.enrolled(40);
  await story.completed('2026-01-31', 36);
  await story.sessionOpened();
  await story.qualified(20);
  await story.qualified(14);
  await story.sat('2026-02-02');
  await story.released([...Array<string>(30).fill('passed'), 'failed', 'failed', 'absent', 'violation']);
  await story.resultReported('2026-02-10');
  await story.received('2026-02-10');
  await story.decided('2026-02-11', [...Array<string>(28).fill('confirmed'), 'returned', 'returned']);
  await story.approved('2026-03-01', 26);
  await story.issued('2026-03-01', '2026-03-05', 26);
  await story.revoked();
  return story;
}

const gaps = { inTraining: 4, notEntered: 2, awaitingResult: 0, awaitingConfirmation: 0, awaitingIssue: 2 };
const whole = {
  ...{ filed: 40, completed: 36, entered: 34, passed: 30, failed: 2, absent: 1, violation: 1 },
  ...{ confirmed: 28, returned: 2, issued: 26, revoked: 1 },
};

it('adds up from the roster to the certificate, for one plan and for all', async () => {
  const story = await aWholeChain();
  await aWholeChain('370200');

  const chain = await chainOf(story.planId);
  const all = (await department.get('/chain')).body;
  const list = (await department.get('/chain/plans', { organisationId: story.training })).body;

  expect(chain).toEqual({
    ...{ planId: story.planId, includesTraining: true, ...whole },
    ...{ withdrawn: 0, voided: 0, nationallyReturned: 0, suspended: 0 },
    ...gaps,
    gaps,
  });
  expect(all).toMatchObject({ planId: null, filed: 80, issued: 52, gaps: { inTraining: 8 } });
  expect(list).toMatchObject({
    total: 1,
    items: [{ planId: story.planId, plannedSeats: 40, level: 'junior', ...whole }],
  });
});

it('counts each event once, however often it is delivered', async () => {
  const story = await new Story(service).begun();
  await story.qualified(1);
  await story.released(['passed']);
  const message = story.receiving('2026-03-02');
  await service.deliver([message, message]);
  await story.decided('2026-03-03', ['confirmed']);
  await service.deliver([message]);

  expect(await chainOf(story.planId)).toMatchObject({ confirmed: 1, returned: 0 });
});

it('shows each institution its own part, a city its plans, and a foreign plan to nobody', async () => {
  const [story, foreign] = [await aWholeChain('370300'), new Story(service)];
  await foreign.planned();
  const claims = { permissions: ['clocks:read'] } as const;
  const training = service.as({ ...claims, organisationId: story.training });
  const evaluation = service.as({ ...claims, organisationId: story.evaluation });
  const city = service.as({ ...claims, reach: 'city', organisationId: foreign.training, cityCode: '370300' });

  expect(await chainOf(story.planId, training)).toMatchObject(whole);
  expect(await chainOf(story.planId, city)).toMatchObject(whole);
  expect((await evaluation.get('/chain')).body).toMatchObject({ ...whole, filed: 0, completed: 0 });
  for (const caller of [training, evaluation, city])
    expect((await caller.get('/chain', { planId: foreign.planId })).status).toBe(404);
  expect((await training.get('/chain/plans')).body.total).toBe(1);
});

it('is the same after it was emptied and has heard everything again', async () => {
  await empty();
  const story = await aWholeChain();
  await story.trainingReported('2026-03-03');
  const before = await content();

  await empty();
  expect((await content()).stages).toEqual([]);
  await service.deliver(story.heard);
  await service.deliver(story.heard);

  expect(await content()).toEqual(before);
  expect(before.clocks).toHaveLength(4);
});

const empty = async () => {
  for (const producer of ['enrollment', 'assessment', 'certification'])
    await service.acting(system, () =>
      forget(service.db, producer, async (tx) => {
        for (const table of oversight.projections ?? []) await sql(tx, `delete from ${table}`);
      }),
    );
};

/** Everything but the ids of clocks, which are made up anew. */
const content = async () => ({
  clocks: await service.query(`select to_jsonb(clock) - 'id' as row from clock order by kind, subject_id`),
  events: await service.query('select * from clock_event order by clock_id, day, what'),
  trainees: await service.query('select * from trainee order by enrolment_id'),
  candidates: await service.query('select * from candidate order by application_id'),
  rows: await service.query('select * from data_row order by result_id'),
  stages: await service.query('select * from stage order by kind, id'),
  plans: await service.query('select * from plan order by id'),
});
