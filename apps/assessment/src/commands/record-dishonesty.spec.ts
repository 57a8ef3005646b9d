import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { assessment } from '../index.js';
import { applying, aSession, created } from '../testing/a-session.js';
import { anOfficer, aWorld, type Learner, type World } from '../testing/a-world.js';
import { codes } from '../testing/reports.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

const decision = '鲁人社考字〔2026〕3号';
// A specimen number whose check character is right.
const specimen = '11010519491231002X';
const officer = anOfficer(service);
const list = (body: object = {}, caller = officer) =>
  caller.post('/dishonesty', {
    ...{ documentKind: 'resident-id', documentNumber: specimen, name: '王失信', kind: 'serious', decision },
    ...{ from: '2026-01-01', to: '2030-12-31', ...body },
  });

/** The learner's own number becomes the specimen's: made-up numbers have no check character. */
async function known(learner: Learner) {
  const [{ index }] = (await service.query<{ index: string }>(
    'select number_index as index from dishonesty where lifted_on is null limit 1',
  )) as [{ index: string }];
  await service.query('update known_person set number_index = $1 where person_id = $2', [index, learner.personId]);
}
const cleared = () => service.query('delete from dishonesty');

it('lets nobody apply who is on the list, and says by which decision and until when', async () => {
  await cleared();
  const world = await aWorld(service);
  const sessionId = await aSession(world);
  const [learner] = world.learners;
  const { dishonestyId } = created<{ dishonestyId: string }>(await list());
  await known(learner);

  const answer = await applying(world, sessionId, learner);

  expect(codes(answer)).toEqual([422, 'dishonest-record']);
  expect(answer.body.rows).toMatchObject([{ advice: `认定文件：${decision}；记录至：2030-12-31` }]);
  expect(JSON.stringify(answer.body)).not.toContain(specimen);
  created(await officer.post(`/dishonesty/${dishonestyId}/lift`, { reason: '信用修复完成' }));
  created(await applying(world, sessionId, learner));
});

it('decides for nobody who came onto the list after applying', async () => {
  await cleared();
  const world = await aWorld(service);
  const sessionId = await aSession(world);
  const [learner] = world.learners;
  const { applicationId } = created(await applying(world, sessionId, learner));
  created(await list({ to: null }));
  await known(learner);
  await service.query(
    'update application as a set number_index = p.number_index from known_person as p where p.person_id = a.person_id and a.id = $1',
    [applicationId],
  );
  const qualify = (decision: object) =>
    world.preparer.post(`/sessions/${sessionId}/qualify`, { decisions: [{ applicationId, ...decision }] });

  const { body } = await qualify({ qualified: true });

  expect(body.rows).toMatchObject([{ reference: applicationId, rule: 'dishonest-record' }]);
  expect((await qualify({ qualified: false, code: 'other' })).body.rows).toMatchObject([{ rule: 'reason-missing' }]);
  created(await qualify({ qualified: false, code: 'dishonest-record' }));
  expect((await learner.caller.get('/applications/mine')).body.items).toMatchObject([
    { state: 'refused', reasonCode: 'dishonest-record', reason: '在失信记录期内' },
  ]);
});

it('keeps names and numbers sealed, and shows them masked to the department only', async () => {
  await cleared();
  const world = await aWorld(service);
  created(await list());
  const { body } = await officer.get('/dishonesty', { state: 'current' });

  expect(body).toMatchObject({
    total: 1,
    items: [{ maskedName: '王**', state: 'current', decision, kind: 'serious' }],
  });
  expect(JSON.stringify(body)).not.toContain(specimen);
  expect(JSON.stringify(await service.query('select * from dishonesty'))).not.toMatch(/王失信|110105/);
  expect((await world.preparer.get('/dishonesty')).status).toBe(403);
  expect((await officer.get('/dishonesty', { state: 'past' })).body.total).toBe(0);
  service.clock.set('2031-01-01T00:00:00+08:00');
  expect((await officer.get('/dishonesty', { state: 'past' })).body.items).toMatchObject([{ state: 'past' }]);
});

it('takes a number whose form is only recalled, and shows that it is 待核实', async () => {
  await cleared();

  const { warnings } = created<{ warnings: string[] }>(await list({ documentKind: 'passport', documentNumber: 'AB1' }));

  expect(warnings).toEqual([expect.stringContaining('待核实')]);
  expect((await officer.get('/dishonesty')).body.items).toMatchObject([{ warnings }]);
});

it('names what is wrong with an entry, takes one entry for each decision, and lifts it once', async () => {
  await cleared();
  expect(codes(await list({ documentNumber: '110105194912310021', to: '2025-01-01' }))).toEqual([
    ...[422, 'document-number-wrong', 'dates-order'],
  ]);
  const both = await Promise.all([list(), list()]);
  expect(both.map(codes).sort()).toEqual([[201], [422, 'already-listed']]);
  const { dishonestyId } = both.find(({ status }) => status === 201)?.body as { dishonestyId: string };
  const lift = (id: string) => officer.post(`/dishonesty/${id}/lift`, { reason: '误录' });
  expect((await Promise.all([lift(dishonestyId), lift(dishonestyId)])).map(codes).sort()).toEqual([
    ...[[201], [422, 'already-lifted']],
  ]);
  expect(codes(await lift(randomUUID()))).toEqual([404]);
  expect((await officer.get('/dishonesty', { state: 'lifted' })).body.items).toMatchObject([{ liftReason: '误录' }]);
  const world: World = await aWorld(service);
  const own = service.as({
    ...{ reach: 'organisation', organisationId: world.evaluationOrganisationId, permissions: ['dishonesty:manage'] },
  });
  expect(codes(await list({ decision: '自行认定' }, own))).toEqual([404]);
});
