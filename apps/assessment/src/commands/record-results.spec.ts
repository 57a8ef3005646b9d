import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ClassRescheduled, ClassStarted } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { assessment } from '../index.js';
import { aLargeSession } from '../testing/a-large-session.js';
import {
  applying,
  aQualifiedSession,
  aReleasedSession,
  aSatSession,
  aSession,
  created,
  marksFor,
} from '../testing/a-session.js';
import { aWorld, hearAnEntry, hearARule, hearTheRules, type World } from '../testing/a-world.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

const codes = ({ status, body }: { status: number; body: { reasons?: { code: string }[] } }) => [
  status,
  ...(body.reasons ?? []).map(({ code }) => code),
];
const record = (world: World, sessionId: string, results: object[], options = {}) =>
  world.preparer.post(`/sessions/${sessionId}/results`, { results }, options);

it('A27 fails whoever passed 理论知识 and not 专业能力, and reports nothing for them', async () => {
  const world = await aWorld(service);
  const [failing] = world.learners;
  const { sessionId } = await aReleasedSession(world, { [failing.name]: { theory: 91, ability: 59.9 } });

  const { body } = await failing.caller.get('/results/mine');
  const report = created<{ rows: number }>(await world.approver.post(`/sessions/${sessionId}/result-report`));

  expect(body.items).toMatchObject([{ theory: 91, ability: 59.9, outcome: 'failed', state: 'released' }]);
  expect(report.rows).toBe(2);
  const reported = (await service.announced()).at(-1)?.data['rows'] as { personId: string }[];
  expect(reported.map(({ personId }) => personId)).not.toContain(failing.personId);
});

it('A30 refuses a result for whoever withdrew', async () => {
  const world = await aWorld(service);
  const sitting = await aQualifiedSession(world);
  const [leaving, ...staying] = [...sitting.admissions];
  created(await world.learners[0].caller.post(`/applications/${sitting.applications.get(leaving![0])}/withdraw`));
  service.clock.set('2026-03-12T09:00:00+08:00');
  expect((await world.preparer.post(`/sessions/${sitting.sessionId}/close-exam`)).body.candidates).toBe(2);

  const { body } = await record(world, sitting.sessionId, marksFor(sitting));

  expect(body.recorded).toHaveLength(staying.length);
  expect(body.refused).toEqual([{ index: 0, field: 'admissionNumber', rule: 'withdrawn', advice: '请删除该行' }]);
});

it('A31 refuses results of an exam in the future, and of one that nobody has closed', async () => {
  const world = await aWorld(service);
  const sitting = await aQualifiedSession(world);

  service.clock.set('2026-03-10T18:00:00+08:00');
  expect(codes(await record(world, sitting.sessionId, marksFor(sitting)))).toEqual([422, 'exam-in-future']);
  service.clock.set('2026-03-11T18:00:00+08:00');
  expect(codes(await record(world, sitting.sessionId, marksFor(sitting)))).toEqual([422, 'session-not-sat']);
});

it('A31 refuses results of an exam before the training began, not of one before it was over', async () => {
  const world = await aWorld(service, { completedOn: '2026-03-11' });
  const sitting = await aSatSession(world);
  const { classId, trainingOrganisationId: organisationId } = world;
  const refusals = async () => {
    const { body } = await record(world, sitting.sessionId, marksFor(sitting));
    return (body.refused as { rule: string }[]).map(({ rule }) => rule);
  };

  expect(await refusals()).toEqual([]);
  await service.hear(ClassRescheduled, { classId, organisationId, startsOn: '2026-03-11', endsOn: '2026-03-31' });
  expect(await refusals()).toEqual(Array(3).fill('before-training'));
  await service.hear(ClassStarted, { classId, organisationId, startedOn: '2026-03-10' });
  expect(await refusals()).toEqual([]);
});

it('A31 refuses results of an exam before the authorisation, as the directory stands corrected', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const entry = { organisationId: world.evaluationOrganisationId, entryId: world.entryId };
  await hearAnEntry(service, { ...entry, from: '2026-04-01' });

  expect(codes(await record(world, sitting.sessionId, marksFor(sitting)))).toEqual([422, 'directory-dates']);
});

it('records nothing while the pass marks are 待核实', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  await hearARule(service, 'pass-marks', null);

  expect(codes(await record(world, sitting.sessionId, marksFor(sitting)))).toEqual([422, 'pass-marks-unverified']);
  await hearTheRules(service);
});

it('A32 names the mark that is above the maximum or not a number', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const [a, b, c] = marksFor(sitting);

  const { body } = await record(world, sitting.sessionId, [
    { ...a, reference: 'row-1', theory: 101 },
    { ...b, reference: 'row-2', ability: '九十' },
    { ...c, reference: 'row-3', theory: null },
  ]);

  expect((body.refused as { advice: string }[]).map(({ advice: _advice, ...item }) => item)).toEqual([
    { index: 0, reference: 'row-1', field: 'theory', rule: 'score-range' },
    { index: 1, reference: 'row-2', field: 'ability', rule: 'score-not-number' },
    { index: 2, reference: 'row-3', field: 'theory', rule: 'score-missing' },
  ]);
  expect(JSON.stringify(body)).not.toContain('九十');
});

it('A33 A34 answers 1,000 results with 993 receipts and 7 errors, and the same call with the same answer', async () => {
  const { world, sessionId, numbers } = await aLargeSession(service, 1000);
  const wrong = new Set([3, 150, 151, 420, 777, 998, 999]);
  const results = numbers.map((admissionNumber, i) => ({
    ...{ reference: `c-${i}`, admissionNumber, ability: 70 },
    theory: wrong.has(i) ? 100.5 : 66.5,
  }));
  const call = { key: 'results-of-the-spring' };

  const first = await record(world, sessionId, results, call);
  const again = await record(world, sessionId, results, call);
  const other = await record(world, sessionId, results.slice(1), call);

  expect(first.status).toBe(201);
  const { recorded, refused } = first.body as Record<'recorded' | 'refused', { reference: string; resultId: string }[]>;
  expect(refused).toEqual([...wrong].map((i) => expect.objectContaining({ reference: `c-${i}`, rule: 'score-range' })));
  expect(recorded.map(({ reference }) => reference)).toEqual(
    results.flatMap(({ reference }, i) => (wrong.has(i) ? [] : [reference])),
  );
  expect(new Set(recorded.map(({ resultId }) => resultId)).size).toBe(993);
  expect(again.text).toBe(first.text);
  expect(codes(other)).toEqual([422, 'key-reused']);
  const [counted] = await service.query(
    `select (select count(*)::int from result where session_id = $1) as results,
       (select count(*)::int from result_version as v join result as r on r.id = v.result_id where r.session_id = $1) as versions`,
    [sessionId],
  );
  expect(counted).toEqual({ results: 993, versions: 993 });
  const [stored] = await service.query('select answer::text from idempotency where key = $1', [call.key]);
  expect(stored?.['answer']).not.toContain('reference');
});

it('A35 lets no other institution record, void or read by id, and tells it nothing', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const sitting = await aReleasedSession(world);
  const { body: listed } = await world.preparer.get(`/sessions/${sitting.sessionId}/results`);
  const resultId = listed.items[0].id as string;

  const foreign = await Promise.all([
    record(other, sitting.sessionId, marksFor(sitting)),
    other.approver.post(`/results/${resultId}/void`, { reason: '试探' }),
    other.approver.get(`/results/${resultId}`),
    other.approver.post(`/sessions/${sitting.sessionId}/release`),
    other.approver.get(`/sessions/${sitting.sessionId}/results`),
  ]);
  const absent = await other.approver.post(`/results/${randomUUID()}/void`, { reason: '试探' });

  const told = ({ status, body }: { status: number; body: Record<string, unknown> }) => {
    const { correlationId: _correlationId, ...rest } = body;
    return { status, rest };
  };
  for (const answer of foreign) expect(told(answer)).toEqual(told(absent));
  expect(absent.status).toBe(404);
});

it('replaces what was recorded before the release, and keeps every version', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const [first] = marksFor(sitting);
  const one = created<{ recorded: { resultId: string }[] }>(await record(world, sitting.sessionId, [first!]));
  const two = created<{ recorded: { resultId: string }[] }>(
    await record(world, sitting.sessionId, [{ ...first, theory: 58 }]),
  );

  expect(two.recorded).toEqual(one.recorded);
  const { body } = await world.preparer.get(`/results/${one.recorded[0]?.resultId}`);
  expect(body).toMatchObject({ version: 2, theory: 58, outcome: 'failed', state: 'recorded', maskedName: '王**' });
  expect(body.versions).toMatchObject([
    { version: 1, theory: 80, outcome: 'passed' },
    { version: 2, theory: 58, outcome: 'failed' },
  ]);
});

it('takes the first of two results for one candidate, and none for a number nobody has', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const [first] = marksFor(sitting);

  const { body } = await record(world, sitting.sessionId, [
    first!,
    first!,
    { ...first, admissionNumber: 'KH1999-0001-001' },
  ]);

  expect(body.recorded).toMatchObject([{ index: 0 }]);
  expect(body.refused).toMatchObject([
    { index: 1, rule: 'repeated' },
    { index: 2, rule: 'candidate-unknown' },
  ]);
});

it('leaves one result for each candidate when two people record at the same moment', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const results = marksFor(sitting);

  const answers = await Promise.all([
    record(world, sitting.sessionId, results),
    world.approver.post(`/sessions/${sitting.sessionId}/results`, { results }),
  ]);

  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  const stored = await service.query('select version from result where session_id = $1', [sitting.sessionId]);
  expect(stored).toEqual(Array(3).fill({ version: 2 }));
});

it('shows a learner nothing before the release', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  created(await record(world, sitting.sessionId, marksFor(sitting)));

  expect((await world.learners[0].caller.get('/results/mine')).body.items).toEqual([]);
});

it('A28 shows both attempts of whoever failed and then passed, and reports the one that passed', async () => {
  const world = await aWorld(service);
  const [learner] = world.learners;
  const first = await aReleasedSession(world, { [learner.name]: { theory: 50, ability: 50 } });
  service.clock.set('2026-03-12T09:00:00+08:00');
  const sessionId = await aSession(world, { theoryOn: '2026-03-13', abilityOn: '2026-03-14' });
  const { applicationId } = created(await applying(world, sessionId, learner));
  const decisions = [{ applicationId, qualified: true }];
  created(await world.preparer.post(`/sessions/${sessionId}/qualify`, { decisions }));
  service.clock.set('2026-03-14T18:00:00+08:00');
  created(await world.preparer.post(`/sessions/${sessionId}/close-exam`));
  const [{ admissionNumber }] = (await learner.caller.get('/applications/mine')).body.items;
  created(await record(world, sessionId, [{ admissionNumber, theory: 88, ability: 88 }]));
  created(await world.approver.post(`/sessions/${sessionId}/release`));

  const { body } = await learner.caller.get('/results/mine');

  expect(body.items).toMatchObject([
    { sessionId, outcome: 'passed' },
    { sessionId: first.sessionId, outcome: 'failed' },
  ]);
});
