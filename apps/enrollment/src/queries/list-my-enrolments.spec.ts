import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { roles } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { itemsOf, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());

const learner = (personId: string) => world.service.as({ reach: 'self', personId, permissions: roles.learner });

it('shows learners their own classes, hours and certificates, and nothing of anybody else', async () => {
  const { classId } = await world.completedClass('2026-02-10', 2);
  await world.approverOf().post(`/classes/${classId}/training-certificates`, { issuedOn: '2026-02-10' });
  const seats = itemsOf(await world.preparerOf().get(`/classes/${classId}/enrolments`));
  const [passed, failed] = seats.map((seat) => String(seat['personId']));

  const own = await learner(passed ?? '').get('/my/enrolments');

  expect(own.body).toMatchObject({
    total: 1,
    items: [
      {
        id: seats[0]?.['id'],
        classId,
        className: '第一期',
        state: 'completed',
        passed: true,
        hours: 8,
        certified: true,
      },
    ],
  });
  expect((await learner(failed ?? '').get('/my/enrolments')).body.items).toMatchObject([
    { passed: false, certified: false },
  ]);
  expect((await learner(passed ?? '').get('/my/hours')).body).toMatchObject({
    total: 1,
    items: [{ classId, hours: 8, offline: 8, online: 0, theory: 8, practice: 0, carried: 0 }],
  });
  expect((await learner(randomUUID()).get('/my/enrolments')).body).toMatchObject({ total: 0, items: [] });
  expect((await world.preparerOf().get('/my/enrolments')).status).toBe(403);
  expect((await learner(passed ?? '').get(`/classes/${classId}`)).status).toBe(403);
  world.service.clock.set('2026-01-05T09:00:00+08:00');
});

it('shows a merged learner everything under either entry', async () => {
  const first = await world.openClass();
  const second = await world.openClass({ startsOn: '2026-02-11', endsOn: '2026-03-10' });
  const [one, other] = await Promise.all(
    [first, second].map(async (classId) => {
      await world.preparerOf().post(`/classes/${classId}/enrolments`, { learners: [world.aLearner()] });
      const [seat] = itemsOf(await world.preparerOf().get(`/classes/${classId}/enrolments`));
      return String(seat?.['personId']);
    }),
  );
  const approver = world.service.as({ reach: 'province', permissions: roles['department-approver'] });
  const proposal = { personId: one, otherPersonId: other, reason: '同一人' };
  const { proposalId } = (await world.department.post('/persons/merge-proposals', proposal)).body;
  expect((await approver.post(`/persons/merge-proposals/${proposalId}/approve`)).status).toBe(201);

  for (const personId of [one, other]) expect((await learner(personId ?? '').get('/my/enrolments')).body.total).toBe(2);
});
