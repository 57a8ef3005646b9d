import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import fc from 'fast-check';
import { resultMoves, type ResultState, sessionMoves, type SessionState } from '../domain/states.js';
import { assessment } from '../index.js';
import { aQualifiedSession, type Sitting } from '../testing/a-session.js';
import { aWorld, type World } from '../testing/a-world.js';
import { resultsOf } from '../testing/reports.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
afterAll(() => service.stop());

type Act = (world: World, sitting: Sitting, nth: number) => Promise<{ status: number }>;
const path = ({ sessionId }: Sitting) => `/sessions/${sessionId}`;
const acts: Readonly<Record<string, Act>> = {
  close: (world, sitting) => world.preparer.post(`${path(sitting)}/close-exam`),
  cancel: (world, sitting) => world.preparer.post(`${path(sitting)}/cancel`, { reason: '计划有变' }),
  record: (world, sitting, nth) => {
    const admissionNumber = [...sitting.admissions.values()][nth % 3];
    const results = [{ admissionNumber, theory: 50 + nth, ability: 80 }];
    return world.preparer.post(`${path(sitting)}/results`, { results });
  },
  release: (world, sitting) => world.approver.post(`${path(sitting)}/release`),
  report: (world, sitting) => world.approver.post(`${path(sitting)}/result-report`),
  void: async (world, { sessionId }, nth) => {
    const results = await resultsOf(world, sessionId);
    const id = results[nth % Math.max(1, results.length)]?.id ?? sessionId;
    return world.approver.post(`/results/${id}/void`, { reason: '登分错误' });
  },
};

const statesOf = async (sessionId: string) => {
  const [session] = await service.query<{ state: SessionState }>('select state from session where id = $1', [
    sessionId,
  ]);
  const results = await service.query<{ id: string; state: ResultState }>(
    'select id, state from result where session_id = $1',
    [sessionId],
  );
  return { session: session?.state ?? 'open', results: new Map(results.map(({ id, state }) => [id, state])) };
};

const isMove = <State extends string>(moves: Readonly<Record<State, readonly State[]>>, from: State, to: State) =>
  from === to || moves[from].includes(to);

it('keeps to the tables of states, whatever is asked for in whatever order', async () => {
  // Recording and releasing weigh more, so that sequences come as far as the report.
  const act = fc.constantFrom('close', 'record', 'record', 'record', 'release', 'release', 'report', 'void', 'cancel');
  const step = fc.record({ name: act, nth: fc.nat(30) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), fc.boolean(), async (steps, sat) => {
      service.clock.set('2026-03-02T09:00:00+08:00');
      const world = await aWorld(service);
      const sitting = await aQualifiedSession(world);
      service.clock.set('2026-03-11T18:00:00+08:00');
      if (sat) await acts['close']?.(world, sitting, 0);
      for (const { name, nth } of steps) {
        const before = await statesOf(sitting.sessionId);
        const answer = await acts[name]?.(world, sitting, nth);
        const after = await statesOf(sitting.sessionId);
        expect(answer?.status).toBeLessThan(500);
        expect([name, before.session, after.session, isMove(sessionMoves, before.session, after.session)]).toContain(
          true,
        );
        for (const [id, state] of before.results)
          expect(isMove(resultMoves, state, after.results.get(id) ?? state)).toBe(true);
        // No result stands in a session that was not sat.
        if (['planned', 'open', 'cancelled'].includes(after.session)) expect(after.results.size).toBe(0);
      }
    }),
    { numRuns: 12 },
  );
});
