import { expect, it } from '@jest/globals';
import { type Batch, batchOf, decide, rowsOf } from './a-batch.js';
import type { Life } from './a-life.js';
import { report, type Result } from './an-exam.js';
import { codesOf, DEPARTMENT, OFFICER, type Scene, until } from './scene.js';

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

/** What happens to a batch until the department has confirmed it: A38, A36, A37 and A25, in this order. */
export function confirmationHolds(there: () => Scene, life: () => Life) {
  it('A38 an officer who is declared as attached in identity can neither propose nor decide on that institution’s batch', async () => {
    const scene = there();
    await scene.at(71);
    const accountId = await scene.account('attached', DEPARTMENT, ['department-officer', 'department-approver']);
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

  it('A37 A25 the clock of a part that comes back runs on as the office has set it, and says that the office has', async () => {
    const scene = there();
    const { batch, sessionId, row } = life();
    await scene.at(64);
    const { id: rowId, resultId } = await row(3);
    await decide(scene, batch.id, [rowId]);
    const day = { receivedOn: scene.day(72), decidedOn: scene.day(64) };
    const seen = (state: string) =>
      scene.items(scene.evaluation.head, `certification/batches/${batch.id}/rows`, { state });
    expect(await seen('returned')).toMatchObject([{ id: rowId, reasons: ['identity-doubtful'], ...day }]);
    expect(await seen('confirmed')).toMatchObject(Array(4).fill(day));
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
    await scene.rule('returned-part-clock', { meaning: 'resume' }, scene.day(150));
    const resumed = await clockOf(scene, batch.id, ({ partSetting }) => partSetting === 'resume');

    expect(resumed.n).toBeLessThan(10);
    expect(resumed.office).toBe('省厅设定，非法定');
    // The first part's date is the statute's; the one of the rows that were returned says that it is the office's.
    const clocks = await scene.items<Clock>(OFFICER, 'oversight/clocks', { subjectId: batch.id });
    expect(clocks.find(({ part }) => part === 1)).toMatchObject({
      day0: scene.day(72),
      office: null,
      partSetting: null,
    });
    expect(resumed).toMatchObject({ day0: scene.day(62), effectiveDue: expect.stringMatching(/^\d{4}-/) });
    expect(told(resumed)?.words).toContain(`继续计算剩余的 ${resumed.n} 个工作日（省厅设定，非法定）`);
    await scene.at(61);
    await decide(scene, batch.id);
  });
}

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
