import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  CandidatesQualified,
  ClassCompleted,
  SessionCancelled,
  SessionOpened,
  TrainingCertificateAmended,
  TrainingCertificatesIssued,
} from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { Desk, subject } from '../testing/desk.js';
import { Signals } from './signals.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

/** What is open of a batch, once everything that was asked for has been looked at. */
async function openOf(batchId: string) {
  await desk.runTimers();
  const { body } = await desk.officer().get(`/batches/${batchId}/signals`, { state: 'open' });
  return body.items as object[];
}

const session = (sessionId: string): SessionOpened => ({
  ...{ sessionId, planId: randomUUID(), organisationId: desk.ei, cityCode: '370100', subject },
  ...{ theoryOn: '2026-02-08', abilityOn: '2026-02-10' },
});

const seat = (sessionId: string, personId: string): CandidatesQualified => ({
  ...{ sessionId, organisationId: desk.ei },
  candidates: [{ applicationId: randomUUID(), personId, classId: randomUUID() }],
});

async function one() {
  const row = desk.row();
  return { row, ...(await desk.receive({ rows: [row] })) };
}

it('closes what no longer holds and keeps its history; what is decided stays as it was seen', async () => {
  const { row, batchId } = await one();
  const other = randomUUID();
  await service.hear(SessionOpened, session(other));
  await service.hear(CandidatesQualified, seat(other, row.personId));
  await desk.runTimers();
  await service.hear(SessionCancelled, { sessionId: other, organisationId: desk.ei, cancelledOn: '2026-02-05' });
  await desk.runTimers();
  const { body } = await desk.officer().get(`/batches/${batchId}/signals`);
  expect(body.items).toMatchObject([{ state: 'closed', reason: 'facts-changed', version: 2 }]);
  const history = await desk.officer().get(`/signals/${String(body.items[0].id)}/history`);
  expect(history.body.items).toMatchObject([{ state: 'open' }, { state: 'closed', reason: 'facts-changed' }]);

  await desk.propose(batchId);
  await desk.decide(batchId);
  await service.hear(CandidatesQualified, seat(other, row.personId));
  expect(await openOf(batchId)).toEqual([]);
  await expect(service.query('delete from signal where batch_id = $1', [batchId])).rejects.toThrow('is history');
  await expect(
    service.query('delete from signal_change where signal_id in (select id from signal where batch_id = $1)', [
      batchId,
    ]),
  ).rejects.toThrow('is history');
});

it('A30 training-revoked: from the revocation until another training certificate is issued', async () => {
  const { row, batchId } = await one();
  const of = { classId: row.classId, organisationId: randomUUID() };
  await service.hear(ClassCompleted, {
    ...{ ...of, planId: randomUUID(), cityCode: '370100', subject, completedOn: '2026-01-20' },
    learners: [{ enrolmentId: randomUUID(), personId: row.personId, passed: true, hours: 70 }],
  });
  const whose = {
    trainingCertificateId: randomUUID(),
    enrolmentId: randomUUID(),
    personId: row.personId,
    number: null,
  };
  const issue = () =>
    service.hear(TrainingCertificatesIssued, { ...of, issuedOn: '2026-01-25', certificates: [whose] });
  await issue();
  expect(await openOf(batchId)).toEqual([]);

  await service.hear(TrainingCertificateAmended, { ...of, ...whose, kind: 'revoked', amendedOn: '2026-02-20' });
  const revoked = await openOf(batchId);
  await desk.propose(batchId);
  const decided = await desk.decide(batchId);
  await issue();

  expect(revoked).toMatchObject([
    { code: 'training-revoked', severity: 'blocking', facts: { revokedOn: '2026-02-20' } },
  ]);
  expect(decided.status).toBe(422);
  expect(await openOf(batchId)).toEqual([]);
});

it('looks once for many facts, and again for a fact that comes while it looks', async () => {
  const { batchId, row } = await one();
  await desk.runTimers();
  const rounds = async () =>
    (
      await service.query<{ asked: number; done: number }>('select asked, done from signal_round where batch_id = $1', [
        batchId,
      ])
    )[0];
  const before = await rounds();
  for (let i = 0; i < 5; i++) await service.hear(CandidatesQualified, seat(randomUUID(), row.personId));
  await desk.runTimers();
  const after = await rounds();
  expect([before?.asked === before?.done, after?.asked === after?.done]).toEqual([true, true]);
});

it('needs as many statements for 500 rows as for one', async () => {
  const [small, large] = [await desk.receive(), await desk.receive({ rows: desk.rows(500) })];
  await desk.runTimers();
  const count = (batchId: string) =>
    service.acting({ reach: 'system', permissions: [] }, () =>
      service.db.transaction(async (tx) => {
        const client = (await tx.queryRunner?.connect()) as { query: (...all: unknown[]) => unknown };
        const { query } = client;
        let statements = 0;
        client.query = (...all) => {
          statements += 1;
          return query.apply(client, all);
        };
        await service.get(Signals).assess(tx, batchId);
        client.query = query;
        return statements;
      }),
    );

  const [one, many] = [await count(small.batchId), await count(large.batchId)];

  expect(many).toBe(one);
  expect(many).toBeLessThanOrEqual(24);
});

it('keeps the same table of states as the code, and lets no state be skipped', async () => {
  const { signalStates, signalSteps } = await import('../domain/signals/signal-states.js');
  const ours = signalStates.flatMap((was) => signalSteps[was].map((becomes) => `${was} → ${becomes}`));
  const theirs = await service.query<{ step: string }>(`select was || ' → ' || becomes as step from signal_transition`);
  expect(theirs.map(({ step }) => step).sort()).toEqual(ours.sort());

  const { batchId, row } = await one();
  await service.hear(SessionOpened, session(randomUUID()));
  const other = randomUUID();
  await service.hear(SessionOpened, session(other));
  await service.hear(CandidatesQualified, seat(other, row.personId));
  await desk.runTimers();
  const change = (what: string) => service.query(`update signal set ${what} where batch_id = $1`, [batchId]);
  await expect(change(`state = 'closed'`)).rejects.toThrow('a version of its own');
  await change(`state = 'closed', version = version + 1`);
  await expect(change(`state = 'dismissed', version = version + 1`)).rejects.toThrow('does not go from');
});

it('does not stop anybody: proposals, decisions, dismissals and facts at the same moment end without a deadlock', async () => {
  const rows = Array.from({ length: 40 }, (_, i) =>
    desk.row({ theory: 60 + i, recordedAt: '2026-02-09T09:00:00.000+08:00' }),
  );
  const { batchId } = await desk.receive({ rows });
  await desk.runTimers();
  const { body } = await desk.officer().get(`/batches/${batchId}/signals`, { limit: 200 });
  const items = (body.items as { id: string }[]).map(({ id: signalId }) => ({ signalId, reason: '已核对登记时间' }));

  const answers = await Promise.all([
    ...[0, 1, 2, 3].map(() => desk.propose(batchId)),
    ...[0, 1].map(() => desk.officer().post(`/batches/${batchId}/signals/dismiss`, { items: [...items].reverse() })),
    ...[0, 1].map(() => desk.officer().post(`/batches/${batchId}/samples`, { count: 5 })),
    ...rows.slice(0, 6).map((row) => service.hear(CandidatesQualified, seat(randomUUID(), row.personId))),
    service.runTimers(),
  ]);

  const statuses = answers.flatMap((answer) => (answer ? [answer.status] : []));
  expect(statuses.filter((status) => status !== 201 && status !== 422)).toEqual([]);
  expect((await desk.decide(batchId)).status).toBe(201);
});
