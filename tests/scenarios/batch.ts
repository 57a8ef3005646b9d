import { beforeAll, expect, it } from '@jest/globals';
import type { Learner } from './a-class.js';
import { type Batch, batchOf, decide, reply, rowsOf } from './a-batch.js';
import { apply, closeExam, failing, openSession, passing, qualify, record, release, report } from './an-exam.js';
import { anExaminedClass } from './results.js';
import { codesOf, DEPARTMENT, OFFICER, type Scene, until } from './scene.js';

interface Result {
  readonly id: string;
  readonly state: string;
  readonly outcome: string;
}
interface Clock {
  readonly id: string;
  readonly part: number;
  readonly n: number;
  readonly partSetting: string | null;
  readonly office: string | null;
}
interface Told {
  readonly story: readonly { readonly what: string; readonly words: string; readonly office: boolean }[];
}

/** One batch from the exam to its certificates: six who pass, each of whom something happens to. */
interface Life {
  readonly sessionId: string;
  readonly first: string;
  readonly batch: Batch;
  readonly resitting: Learner;
  /** By the learner: the row of the batch, found by the result. */
  readonly row: (learner: number) => Promise<Awaited<ReturnType<typeof rowsOf>>[number]>;
}

/** A25, A28, A36, A38, A39, A41 and A44, in the order in which they happen to one batch. */
export function batchHolds(there: () => Scene) {
  const lives: { life?: Life } = {};
  const life = () => {
    if (!lives.life) throw new Error('the batch was not reported');
    return lives.life;
  };
  beforeAll(async () => {
    lives.life = await reported(there());
  }, 120_000);

  it('A38 an officer who is declared as attached in identity can neither propose nor decide on that institution’s batch', async () => {
    const scene = there();
    await scene.at(71);
    const accountId = await scene.account('attached', DEPARTMENT, ['department-approver']);
    const path = `certification/batches/${life().batch.id}`;
    const decision = () => scene.post('attached', `${path}/decisions`, { asProposed: true });
    expect(await codesOf(decision())).toEqual(['nothing-proposed']);

    await scene.post('attached', 'identity/attachments', {
      ...{ organisationId: scene.evaluation.id, from: scene.day(100) },
    });
    await until(
      () => codesOf(decision()),
      (codes) => codes.includes('officer-attached'),
      'certification has heard of the attachment',
    );

    expect(await codesOf(scene.post('attached', `${path}/proposals`, { all: 'confirm' }))).toEqual([
      'officer-attached',
    ]);
    expect(await scene.items('attached', 'identity/attachments')).toMatchObject([{ accountId, current: true }]);
    expect((await rowsOf(scene, life().batch.id)).map(({ state }) => state)).toEqual(Array(6).fill('received'));
  });

  it('A36 a released result that is voided before confirmation leaves the batch, and the history keeps it', async () => {
    const scene = there();
    const { batch, sessionId, row } = life();
    await scene.at(70);
    const { resultId } = await row(4);

    await scene.post(scene.evaluation.head, `assessment/results/${resultId}/void`, {
      ...{ code: 'marking-error', reason: '复查答卷后改判' },
    });
    const [part] = await until(
      async () => (await scene.as(OFFICER).get<Batch>(`certification/batches/${batch.id}`)).parts,
      ([one]) => one?.removed === 1,
      'certification has heard that the result is void',
    );

    expect(part).toMatchObject({ rows: 5, removed: 1, undecided: 5 });
    expect(await row(4)).toMatchObject({ state: 'removed', resultVoidReason: 'marking-error' });
    const path = `assessment/sessions/${sessionId}/results`;
    const results = await scene.items<Result>(scene.evaluation.preparer, path);
    expect(results.filter(({ state }) => state === 'void')).toMatchObject([{ id: resultId, outcome: 'passed' }]);
    expect(results).toHaveLength(6);
  });

  it('A25 the clock of a part that comes back runs on as the office has set it, and says that the office has', async () => {
    const scene = there();
    const { batch, sessionId, row } = life();
    await scene.at(64);
    const { id: rowId, resultId } = await row(3);
    await decide(scene, batch.id, [rowId]);
    await scene.at(62);
    const answers = [{ resultId, action: 'corrected', correction: 'identity' }];
    const answer = () =>
      scene.post<{ answered: unknown[] }>(
        ...([scene.evaluation.preparer, `assessment/sessions/${sessionId}/returned`, { answers }] as const),
      );
    await until(answer, ({ answered }) => answered.length === 1, 'assessment has heard of the return');
    expect(await report(scene, sessionId)).toMatchObject({ part: 2, rows: 1 });
    await batchOf(scene, sessionId, 2);

    const unset = await clockOf(scene, batch.id, ({ partSetting }) => partSetting === null);
    expect(unset).toMatchObject({ n: 10 });
    expect(told(unset)).toMatchObject({ office: true, words: expect.stringContaining('省厅尚未设定（待核实）') });
    await scene.rule('returned-part-clock', { mode: 'resume' }, scene.day(150));
    const resumed = await clockOf(scene, batch.id, ({ partSetting }) => partSetting === 'resume');

    expect(resumed.n).toBeLessThan(10);
    expect(resumed.office).toBe('省厅设定，非法定');
    expect(told(resumed)?.words).toContain(`继续计算剩余的 ${resumed.n} 个工作日（省厅设定，非法定）`);
    await scene.at(61);
    await decide(scene, batch.id);
  });

  it('A39 what the national office returns holds up the certificates of its batch until it is resolved', async () => {
    const scene = there();
    const { batch, sessionId, row } = life();
    await scene.at(60);
    const sent = await scene.post<{ packageId: string }>(OFFICER, `certification/batches/${batch.id}/packages`);
    await scene.at(45);
    const { id: rowId, resultId, registryRow } = await row(2);
    expect(await reply(scene, sent.packageId, [registryRow], 45)).toMatchObject({ approved: 4, returned: 1 });

    expect(await codesOf(issue(scene, batch.id))).toEqual(['national-return-open']);
    const path = `assessment/sessions/${sessionId}/returned`;
    const returnedNationally = await until(
      () => scene.items(scene.evaluation.preparer, path, { returnedBy: 'national-office' }),
      (found) => found.length === 1,
      'assessment has heard of the national return',
    );
    expect(returnedNationally).toMatchObject([{ resultId, state: 'open' }]);
    expect((await scene.items(scene.evaluation.preparer, 'certification/certificates')).length).toBe(0);

    await scene.post(scene.evaluation.preparer, `certification/rows/${rowId}/give-up`, {
      ...{ reason: 'candidate-withdrew', basis: '本人书面说明' },
    });
    expect(await issue(scene, batch.id)).toMatchObject({ allocated: 4 });
  });

  it('A41 every number of the series is issued, once, and the runs that follow issue nothing more', async () => {
    const scene = there();
    const { batch } = life();
    const certificates = await until(
      () => scene.items<{ registryNumber: string }>(OFFICER, 'certification/certificates', { batchId: batch.id }),
      (issued) => issued.length === 4,
      'all certificates are issued',
    );

    expect(await codesOf(issue(scene, batch.id))).toEqual(['nothing-approved']);
    const ledger = await scene.items<{ registryNumber: string; state: string }>(
      'demo-hr-approver',
      'certification/ledger',
    );
    expect(ledger.map(({ state }) => state)).toEqual(Array(4).fill('used'));
    const serials = ledger.map(({ registryNumber }) => Number(registryNumber.split('-')[2])).sort((a, b) => a - b);
    expect(serials).toEqual([1, 2, 3, 4]);
    expect(new Set(certificates.map(({ registryNumber }) => registryNumber)).size).toBe(4);
  });

  it('A28 who failed and then passed sees both attempts, and has one certificate', async () => {
    const scene = there();
    const { first, sessionId, resitting, row } = life();

    const attempts = await scene.items<Result>(resitting.loginName, 'assessment/results/mine');
    expect(attempts).toMatchObject([
      { sessionId, outcome: 'passed' },
      { sessionId: first, outcome: 'failed' },
    ]);
    const { personId, registryNumber } = await row(5);
    expect(await scene.items(OFFICER, 'certification/certificates', { personId })).toMatchObject([
      { registryNumber, state: 'valid' },
    ]);
    expect(await scene.items(resitting.loginName, 'certification/my/certificates')).toHaveLength(1);
  });

  it('A44 a certificate that is with the printer is printed again only with a reason', async () => {
    const scene = there();
    await scene.at(43);
    const certificateId = (await life().row(0)).certificateId;
    const order = (more: object = {}) =>
      scene.post<{ ordered: { orderId: string }[] }>(scene.evaluation.preparer, 'certification/print-orders', {
        ...{ printer: '济南印务', dueOn: scene.day(30), items: [{ certificateId, ...more }] },
      });
    const { ordered } = await order();
    const path = `certification/print-orders/${ordered[0]?.orderId}`;
    await scene.post(scene.evaluation.preparer, `${path}/hand-over`, {}, { ifMatch: 1 });

    expect(await codesOf(order())).toEqual(['print-order-open']);
    const again = await order({ overrideReason: '原件印制有误，须另印' });
    expect(again.ordered).toHaveLength(1);
  });

  it('a revocation is respected by every service that answers for the certificate within two seconds', async () => {
    const scene = there();
    await scene.at(42);
    const { certificateId } = await life().row(1);
    const { registryNumber, checkCode } = await scene
      .as(OFFICER)
      .get<{ registryNumber: string; checkCode: string }>(`certification/certificates/${certificateId}/check-code`);
    const asked = await scene.post<{ revocationId: string }>(
      ...[OFFICER, `certification/certificates/${certificateId}/revocations`],
      { reason: 'false-commitment', basis: '核查发现不实承诺' },
    );

    await scene.post('demo-hr-approver', `certification/revocations/${asked.revocationId}/approve`);
    await scene.spread('a certificate revoked', {
      verification: async () => {
        const path = `verification/certificates/${registryNumber}`;
        return (await scene.world.stranger.get<{ outcome: string }>(path, { code: checkCode })).outcome === 'revoked';
      },
      oversight: async () => {
        const { sessionId } = life();
        return (await scene.as(OFFICER).get<{ revoked: number }>('oversight/chain', { sessionId })).revoked === 1;
      },
    });
  });
}

const issue = (scene: Scene, batchId: string) =>
  scene.post(scene.evaluation.head, `certification/batches/${batchId}/issue`);

const told = ({ story }: Told) => story.find(({ what }) => what === 'part-returned');

/** The clock of the second part, once it is as it should be. */
async function clockOf(scene: Scene, batchId: string, is: (clock: Clock) => boolean): Promise<Clock & Told> {
  const clocks = await until(
    () => scene.items<Clock>(OFFICER, 'oversight/clocks', { subjectId: batchId }),
    (found) => found.some((clock) => clock.part === 2 && is(clock)),
    'the clock of the part that came back',
  );
  const clock = clocks.find(({ part }) => part === 2);
  return scene.as(OFFICER).get(`oversight/clocks/${clock?.id}`);
}

/** Six have passed, one of them at the second attempt; their results are with the department. */
async function reported(scene: Scene): Promise<Life> {
  const examined = await anExaminedClass(scene, 6);
  const resitting = examined.learners[5];
  if (!resitting) throw new Error('there is nobody to sit again');
  const first = await openSession(scene, examined.examPlanId, 82, 81);
  const sessionId = await openSession(scene, examined.examPlanId, 76, 75);
  await scene.at(92);
  await apply(scene, first, examined, resitting);
  await qualify(scene, first);
  await scene.at(81, '18:00:00');
  await closeExam(scene, first);
  await record(scene, first, [failing(resitting)]);
  await release(scene, first);

  await scene.at(78);
  await Promise.all(examined.learners.map((learner) => apply(scene, sessionId, examined, learner)));
  await qualify(scene, sessionId);
  await scene.at(75, '18:00:00');
  await closeExam(scene, sessionId);
  const { recorded } = await record(scene, sessionId, examined.learners.map(passing));
  await release(scene, sessionId);
  await scene.at(72);
  await report(scene, sessionId);
  const batch = await batchOf(scene, sessionId);
  const row = async (learner: number) => {
    const rows = await rowsOf(scene, batch.id);
    const found = rows.filter(({ resultId }) => resultId === recorded[learner]?.resultId).at(-1);
    if (!found) throw new Error('the batch has no row of this learner');
    return found;
  };
  return { first, sessionId, batch, resitting, row };
}
