import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { assessment } from '../index.js';
import { aQualifiedSession } from '../testing/a-session.js';
import { aWorld } from '../testing/a-world.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

it('A29 answers the right number with a wrong name as it answers for an unknown person', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const { sessionId, admissions } = await aQualifiedSession(world);
  const [{ name, documentNumber }] = world.learners;
  const ask = (more: object, caller = world.preparer) =>
    caller.post('/candidates/lookup', { documentKind: 'resident-id', documentNumber, name, ...more });

  const [found, wrongName, unknown, foreign] = await Promise.all([
    ask({}),
    ask({ name: '别人' }),
    ask({ documentNumber: '370102199001010000' }),
    ask({}, other.preparer),
  ]);

  expect(found.body.items).toMatchObject([{ sessionId, state: 'qualified', admissionNumber: admissions.get(name) }]);
  for (const { status, text } of [wrongName, unknown, foreign]) expect([status, text]).toEqual([200, '{"items":[]}']);
});
