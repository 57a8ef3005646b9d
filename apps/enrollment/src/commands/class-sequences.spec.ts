import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aLesson, itemsOf, must, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());

/** The pairs of states that design.md has. */
const designed = new Set([
  'announced>enrolling',
  'enrolling>running',
  'running>completed',
  'completed>reported',
  'reported>archived',
  'announced>cancelled',
  'enrolling>cancelled',
  'running>cancelled',
]);

const at = (day: string) => world.service.clock.set(`${day}T09:00:00+08:00`);
const post = (path: string, body: object = {}) => world.preparerOf().post(path, body);
const approve = (path: string, body: object = {}) => world.approverOf().post(path, body);
const liveIn = async (id: string) =>
  itemsOf(await world.preparerOf().get(`/classes/${id}/enrolments`, { state: 'enrolled' })).map((seat) =>
    String(seat['id']),
  );

const commands: Readonly<Record<string, (id: string) => Promise<{ status: number }>>> = {
  enroll: (id) => post(`/classes/${id}/enrolments`, { learners: [world.aLearner()], lateReason: '名单漏报' }),
  start: (id) => post(`/classes/${id}/start`),
  teach: (id) => post(`/classes/${id}/lessons`, { lessons: [aLesson({ reference: `L-${Math.random()}` })] }),
  attend: (id) => post(`/classes/${id}/attendance`, { all: true, absentEnrolmentIds: [] }),
  examine: async (id) => {
    const results = (await liveIn(id)).map((enrolmentId) => ({ enrolmentId, passed: true }));
    return results.length === 0
      ? { status: 422 }
      : post(`/classes/${id}/completion-results`, { examOn: '2026-01-12', results });
  },
  withdraw: async (id) => {
    const [first] = await liveIn(id);
    return first === undefined ? { status: 422 } : post(`/enrolments/${first}/withdraw`, { reason: 'own-wish' });
  },
  complete: (id) => approve(`/classes/${id}/complete`, { completedOn: '2026-01-12' }),
  certify: (id) => approve(`/classes/${id}/training-certificates`, { issuedOn: '2026-01-12' }),
  report: (id) => approve(`/classes/${id}/training-report`),
  archive: (id) => approve(`/classes/${id}/archive`),
  cancel: (id) => post(`/classes/${id}/cancel`, { reason: 'opened-wrongly' }),
};

/** The usual way, with which a random one is mixed: by chance alone a class would hardly be completed. */
const usual = ['enroll', 'start', 'teach', 'attend', 'examine', 'complete', 'certify', 'report', 'archive'];

it('random commands never bring a class to a state or over a pair of states that the design does not have', async () => {
  const reached = new Set<string>();
  const one = fc.oneof(
    { weight: 5, arbitrary: fc.constant('next') },
    { weight: 2, arbitrary: fc.constantFrom(...Object.keys(commands)) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 6, maxLength: 16 }), async (tried) => {
      at('2026-01-05');
      const id = await world.openClass();
      at('2026-01-12');
      const [way, stateOf] = [
        [...usual],
        async () => String((await world.preparerOf().get(`/classes/${id}`)).body.state),
      ];
      let state = await stateOf();
      for (const name of tried) {
        const { status } = (await commands[name === 'next' ? (way.shift() ?? 'cancel') : name]?.(id)) ?? { status: 0 };
        expect([201, 422]).toContain(status);
        const next = await stateOf();
        expect(next === state || designed.has(`${state}>${next}`)).toBe(true);
        if (status !== 201) expect(next).toBe(state);
        state = next;
        reached.add(state);
      }
      const live = await world.preparerOf().get(`/classes/${id}/enrolments`, { state: 'enrolled' });
      if (state === 'cancelled' || state === 'completed') expect(live.body.total).toBe(0);
    }),
    { numRuns: 12, seed: 20261121 },
  );
  expect([...reached]).toEqual(expect.arrayContaining(['enrolling', 'running', 'completed', 'cancelled']));
}, 120_000);

it('of completing and cancelling at the same moment one succeeds, and the other is told why not', async () => {
  at('2026-01-05');
  const { classId, seats } = await world.runningClass(1);
  must(await post(`/classes/${classId}/lessons`, { lessons: [aLesson()] }));
  const results = [{ enrolmentId: seats[0], passed: true }];
  must(await post(`/classes/${classId}/completion-results`, { examOn: '2026-01-12', results }));

  const answers = await Promise.all([commands['complete']?.(classId), commands['cancel']?.(classId)]);

  expect(answers.map((answer) => answer?.status).sort()).toEqual([201, 422]);
});
