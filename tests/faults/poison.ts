import { until } from '@shuzheng/all-in-one';
import { randomUUID } from 'node:crypto';
import type { Reply } from './harness/caller.js';
import { Drill } from './harness/drill.js';
import { expectEqual, type Fault } from './harness/fault.js';
import { failing, inject } from './harness/injection.js';
import { recovered } from './harness/recovery.js';
import type { Registry } from './harness/registry.js';
import { rebuilt } from './harness/replay.js';

const FOLLOWERS = 4;

export const fault: Fault = {
  name: 'poison',
  title:
    'a poison event parks its aggregate and nothing else; replay restores the order, and discarding asks for a reason',
  async run(context) {
    const { say } = context;
    const registry = await context.registry();
    const drill = new Drill(context, registry);
    await drill.load.progress(20);
    await drill.strike();

    const replayed = await poisoned(registry, 'P');
    say(`  parked ${replayed.parkedMs} ms after the first failure, with ${FOLLOWERS} behind it`);
    await drill.load.progress(30);
    say(`  others meanwhile: heard everywhere ${await recovered(registry, Date.now())} ms after they were written`);
    expectEqual('what was applied of the parked class', 0, await trainees(registry, replayed.classId));
    await replayed.heal();
    expectEqual('replaying', 201, (await operate(registry, 'replay', replayed.classId)).status);
    await until(
      () => trainees(registry, replayed.classId),
      (n) => n === FOLLOWERS + 1,
      'the replay is applied',
    );

    const given = await poisoned(registry, 'D');
    await given.heal();
    expectEqual('discarding without a reason', 400, (await operate(registry, 'discard', given.classId)).status);
    const discarded = await operate(registry, 'discard', given.classId, '演练：确认放弃该事件');
    expectEqual('discarding with a reason', 201, discarded.status);
    await until(
      () => trainees(registry, given.classId),
      (n) => n === FOLLOWERS,
      'those behind it are applied',
    );
    await audited(registry, given.classId);

    await drill.conclude({ acked: 50, faults: 1, discards: true });
    if (!context.short) {
      // The log still has it: what can be applied now is applied by a rebuild, whoever discarded it before.
      await rebuilt(registry);
      expectEqual('what a rebuild has of the class', FOLLOWERS + 1, await trainees(registry, given.classId));
    }
    say('  replayed in order after the repair; discarded with its reason in the audit');
  },
};

/** A class whose first enrolment the oversight service cannot apply, and some that come after it. */
async function poisoned(registry: Registry, mark: string) {
  const { planIds, startsOn, endsOn } = registry.province;
  const [planId] = planIds;
  const nth = randomUUID().slice(0, 8);
  const opened = await write(registry, 'enrollment/classes', { planId, name: `毒化班 ${nth}`, startsOn, endsOn });
  const classId = String(opened.body['classId']);
  const heal = await inject(registry, 'oversight.trainee', failing('P0001', 1.1, `new.class_id = '${classId}'`));
  const began = Date.now();
  for (let i = 0; i <= FOLLOWERS; i++) {
    const number = `${mark}${nth.toUpperCase()}${i}`;
    const enrolled = await write(registry, `enrollment/classes/${classId}/enrolments`, { learners: [learner(number)] });
    expectEqual('enrolling into the class', 201, enrolled.status);
  }
  const parked = async () =>
    (
      await registry.query<{ behind: number }>(
        `select (select count(*)::int - 1 from oversight.held where aggregate = cursor.aggregate) as behind
         from oversight.cursor where aggregate = $1 and parked_at is not null`,
        [classId],
      )
    )[0]?.behind;
  await until(parked, (n) => n === FOLLOWERS, 'the class is parked with those behind it');
  const [others] = await registry.query<{ n: number }>(
    'select count(*)::int as n from oversight.cursor where parked_at is not null',
  );
  expectEqual('parked aggregates', 1, others?.n);
  return { classId, heal, parkedMs: Date.now() - began };
}

const trainees = async (registry: Registry, classId: string) =>
  (await registry.query('select 1 from oversight.trainee where class_id = $1', [classId])).length;

const operate = (registry: Registry, what: 'replay' | 'discard', aggregate: string, reason?: string) =>
  registry.callers.call({
    as: 'demo-admin',
    path: `oversight/operations/parked/${what}`,
    body: { producer: 'enrollment', aggregate, ...(reason ? { reason } : {}) },
  });

const write = (registry: Registry, path: string, body: object): Promise<Reply> =>
  registry.callers.call({ as: 'demo-ti-preparer', path, body, key: `poison-${randomUUID()}` });

async function audited(registry: Registry, classId: string) {
  const rows = await registry.query<{ detail: string }>(
    `select detail from oversight.audit where operation = 'operations.discard-parked' and subject = $1`,
    [`parked:enrollment/${classId}`],
  );
  expectEqual(
    'audit of the discarding',
    ['{"reason":"演练：确认放弃该事件"}'],
    rows.map(({ detail }) => detail),
  );
}

const learner = (number: string) => ({
  reference: number,
  name: '演练学员',
  documentKind: 'passport',
  documentNumber: number,
  phone: '13800000000',
  education: 'bachelor',
  employer: '演练单位',
  category: 'employed',
  retired: false,
});
