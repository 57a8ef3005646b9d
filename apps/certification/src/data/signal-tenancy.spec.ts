import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  AttachmentDeclared,
  AttendanceRecorded,
  CandidatesQualified,
  ClassCompleted,
  ClassOpened,
  LearnersEnrolled,
  SessionOpened,
} from '@shuzheng/contracts';
import type { Actor } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { certification } from '../index.js';
import { Desk, subject } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

/** Everything that is compared across institutions, or says what the department makes of it. */
const tables = [
  ...(certification.projections ?? []).filter((table) => table.startsWith('known_')),
  ...['signal', 'signal_change', 'signal_round', 'signal_setting', 'sample', 'sample_row'],
];

const row = desk.row.bind(desk);

it('shows what is compared across institutions to the department alone, whatever the query', async () => {
  const candidate = row({ recordedAt: '2026-02-09T09:00:00.000+08:00' });
  const { batchId, sessionId } = await desk.receive({ rows: [candidate] });
  const { classId, personId, applicationId } = candidate;
  const of = { organisationId: desk.otherEi, cityCode: '370100' };
  const days = { startsOn: '2025-12-01', endsOn: '2026-01-20' };
  const plan = { planId: randomUUID(), subject };
  await service.hear(ClassOpened, { ...of, ...plan, classId, name: '一班', ...days });
  await service.hear(LearnersEnrolled, {
    ...{ classId, organisationId: desk.otherEi },
    learners: [
      {
        ...{
          enrolmentId: randomUUID(),
          personId,
          name: '王小明',
          documentKind: 'passport',
          documentNumber: 'E12345678',
        },
        ...{ numberIndex: 'n'.repeat(43), nameIndex: 'm'.repeat(43), activationDigest: 'a'.repeat(64) },
        phoneIndex: 'p'.repeat(43),
      },
    ],
  });
  const lesson = { lessonId: randomUUID(), on: '2026-01-05', offline: true, present: [personId] };
  await service.hear(AttendanceRecorded, { ...of, classId, ...lesson });
  const learners = [{ enrolmentId: randomUUID(), personId, passed: true, hours: 80 }];
  await service.hear(ClassCompleted, { ...of, ...plan, classId, completedOn: '2026-01-20', learners });
  await service.hear(SessionOpened, {
    ...{
      sessionId,
      organisationId: desk.ei,
      cityCode: '370100',
      ...plan,
      theoryOn: '2026-02-08',
      abilityOn: '2026-02-10',
    },
  });
  const candidates = [{ applicationId, personId, classId }];
  await service.hear(CandidatesQualified, { sessionId, organisationId: desk.ei, candidates });
  const attachment = { attachmentId: randomUUID(), accountId: randomUUID(), organisationId: desk.ei };
  await service.hear(AttachmentDeclared, { ...attachment, from: '2026-01-01', to: null });
  await desk.officer().post(`/batches/${batchId}/samples`, { count: 1 });
  const setting = { code: 'one-phone-many-people', from: '2026-03-02', values: { persons: 4 }, basis: '纪要' };
  await desk.officer().post('/signal-settings', setting);
  await desk.runTimers();

  const seen = async (who: Actor) => {
    const counts: [string, number][] = [];
    for (const name of tables) {
      const found = await service.acting(who, () =>
        service.db.read<{ n: number }>(`select count(*)::int as n from ${name}`),
      );
      counts.push([name, found[0]?.n ?? -1]);
    }
    return counts;
  };

  expect((await seen({ reach: 'province', permissions: [] })).filter(([, n]) => n < 1)).toEqual([]);
  const others: Actor[] = [
    { reach: 'organisation', organisationId: desk.ei, permissions: [] },
    { reach: 'organisation', organisationId: desk.otherEi, permissions: [] },
    { reach: 'city', cityCode: '370100', permissions: [] },
    { reach: 'self', personId, permissions: [] },
    { reach: 'public', permissions: [] },
    { reach: 'none', permissions: [] },
  ];
  for (const other of others) expect((await seen(other)).filter(([, n]) => n !== 0)).toEqual([]);
});
