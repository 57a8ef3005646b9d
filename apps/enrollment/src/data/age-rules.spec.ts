import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { idCheckCharacter } from '@shuzheng/regulation';
import { codesOf, faultsOf, subject, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());

let born = 0;
const bornOn = (day: string) => {
  const body = `370102${day.replaceAll('-', '')}${String(++born).padStart(3, '0')}`;
  return world.aLearner({ documentNumber: body + idCheckCharacter(body) });
};
const enroll = (classId: string, learner: object) =>
  world.preparerOf().post(`/classes/${classId}/enrolments`, { learners: [learner] });

it('A21 judges a minimum age that the office has set on the first day of the class', async () => {
  await world.rule('minimum-age', { years: 18 }, { document: '省厅设定', from: '2026-01-12' });
  const classId = await world.openClass({ startsOn: '2026-01-12' });

  const young = await enroll(classId, bornOn('2008-01-13'));
  const exactly = await enroll(classId, bornOn('2008-01-12'));
  const over = await enroll(classId, bornOn('2008-01-11'));

  expect(faultsOf(young)).toMatchObject([{ rule: 'minimum-age', column: 'documentNumber' }]);
  expect(codesOf(young)).toEqual(['roster-rows-wrong', 'minimum-age']);
  expect([exactly.status, over.status]).toEqual([201, 201]);
});

it('A21 checks no age before the rule holds, where it is empty, or where the document does not tell', async () => {
  const before = await world.openClass({ startsOn: '2026-01-11' });
  expect((await enroll(before, bornOn('2010-01-01'))).status).toBe(201);

  const after = await world.openClass();
  const passport = { documentKind: 'passport', documentNumber: 'E70000001' };
  expect((await enroll(after, world.aLearner(passport))).status).toBe(201);
  await world.rule('minimum-age', null, { scope: subject.occupationCode });
  expect((await enroll(after, bornOn('2010-01-01'))).status).toBe(201);
});

it('A21 refuses whoever is declared retired, with the article of the programme', async () => {
  const answer = await enroll(await world.openClass(), world.aLearner({ retired: true }));

  expect(answer.status).toBe(422);
  expect(faultsOf(answer)).toMatchObject([{ rule: 'retired-excluded', column: 'retired' }]);
  expect(answer.body.reasons).toContainEqual(
    expect.objectContaining({ code: 'retired-excluded', source: '鲁人社字〔2022〕156号 二' }),
  );
});
