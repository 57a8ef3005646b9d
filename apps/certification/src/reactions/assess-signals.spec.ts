import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  AttachmentDeclared,
  AttendanceRecorded,
  CandidatesQualified,
  ClassCompleted,
  ClassOpened,
  DirectoryEntryRecorded,
  DirectoryEntryResumed,
  DirectoryEntrySuspended,
  LearnersEnrolled,
  PersonsMerged,
  ResultReportFiled,
  RuleRecorded,
  SessionCancelled,
  SessionOpened,
  SessionRescheduled,
} from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { Desk, OCCUPATION, type ReportOptions, subject } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

const ti = randomUUID();

/** What is open of a batch, once everything that was asked for has been looked at. */
async function openOf(batchId: string) {
  await desk.runTimers();
  const { body } = await desk.officer().get(`/batches/${batchId}/signals`, { state: 'open', limit: 200 });
  return (body.items as { code: string; rowNumber: number | null; facts: object; severity: string }[]).map(
    ({ code, rowNumber, facts, severity }) => ({ code, rowNumber, facts, severity }),
  );
}

const opened = (classId: string, more: Partial<ClassOpened> = {}): ClassOpened => ({
  ...{ classId, planId: randomUUID(), organisationId: ti, cityCode: '370100', subject, name: '一班' },
  ...{ startsOn: '2025-12-01', endsOn: '2026-01-20' },
  ...more,
});

const completed = (classId: string, personId: string, more: Partial<ClassCompleted> = {}): ClassCompleted => ({
  ...{ classId, planId: randomUUID(), organisationId: ti, cityCode: '370100', subject, completedOn: '2026-01-20' },
  learners: [{ enrolmentId: randomUUID(), personId, passed: true, hours: 70 }],
  ...more,
});

const session = (sessionId: string, days: Partial<SessionOpened> = {}): SessionOpened => ({
  ...{ sessionId, planId: randomUUID(), organisationId: desk.ei, cityCode: '370100', subject },
  ...{ theoryOn: '2026-02-08', abilityOn: '2026-02-10' },
  ...days,
});

const seat = (sessionId: string, personId: string): CandidatesQualified => ({
  ...{ sessionId, organisationId: desk.ei },
  candidates: [{ applicationId: randomUUID(), personId, classId: randomUUID() }],
});

async function one(more: Parameters<Desk['row']>[0] = {}, options: ReportOptions = {}) {
  const row = desk.row(more);
  return { row, ...(await desk.receive({ ...options, rows: [row] })) };
}

it('says nothing about a batch in order, and does not hold it up', async () => {
  const { row, batchId, sessionId } = await one();
  await service.hear(SessionOpened, session(sessionId));
  await service.hear(ClassOpened, opened(row.classId));
  await service.hear(ClassCompleted, completed(row.classId, row.personId));

  expect(await openOf(batchId)).toEqual([]);
  await desk.propose(batchId);
  expect((await desk.decide(batchId)).body).toEqual({ confirmed: 1, returned: 0, undecided: 0 });
});

it('same-day-two-places: another session on the same day, heard before or after; not when it is moved or cancelled', async () => {
  const { row, batchId } = await one();
  const other = randomUUID();
  await service.hear(
    SessionOpened,
    session(other, { organisationId: desk.otherEi, theoryOn: '2026-02-09', abilityOn: '2026-02-10' }),
  );
  expect(await openOf(batchId)).toEqual([]);
  await service.hear(CandidatesQualified, seat(other, row.personId));

  const facts = { days: ['2026-02-10'], kinds: ['session'] };
  const signal = { code: 'same-day-two-places', rowNumber: 1, facts, severity: 'blocking' };
  expect(await openOf(batchId)).toEqual([signal]);
  const days = { theoryOn: '2026-02-11', abilityOn: '2026-02-12' };
  await service.hear(SessionRescheduled, { sessionId: other, organisationId: desk.otherEi, ...days });
  expect(await openOf(batchId)).toEqual([]);
  await service.hear(SessionRescheduled, {
    sessionId: other,
    organisationId: desk.otherEi,
    theoryOn: '2026-02-10',
    abilityOn: '2026-02-10',
  });
  expect(await openOf(batchId)).toEqual([signal]);
  await service.hear(SessionCancelled, { sessionId: other, organisationId: desk.otherEi, cancelledOn: '2026-02-05' });
  expect(await openOf(batchId)).toEqual([]);
});

it('same-day-two-places: a lesson in person elsewhere, not one of the own class in the same city, nor one online', async () => {
  const { row, batchId } = await one();
  const lesson = (more: Partial<AttendanceRecorded>): AttendanceRecorded => ({
    ...{ classId: row.classId, lessonId: randomUUID(), organisationId: ti, cityCode: '370100', on: '2026-02-10' },
    ...{ offline: true, present: [row.personId] },
    ...more,
  });
  await service.hear(AttendanceRecorded, lesson({}));
  await service.hear(AttendanceRecorded, lesson({ classId: randomUUID(), offline: false }));
  await service.hear(AttendanceRecorded, lesson({ classId: randomUUID(), on: '2026-02-11' }));
  expect(await openOf(batchId)).toEqual([]);

  const elsewhere = lesson({ cityCode: '370200' });
  await service.hear(AttendanceRecorded, elsewhere);
  expect(await openOf(batchId)).toMatchObject([{ code: 'same-day-two-places', facts: { kinds: ['lesson'] } }]);
  await service.hear(AttendanceRecorded, { ...elsewhere, present: [] });
  expect(await openOf(batchId)).toEqual([]);
});

it('same-day-two-places: follows a person through a merge', async () => {
  const { row, batchId } = await one();
  const [other, former] = [randomUUID(), randomUUID()];
  await service.hear(SessionOpened, session(other));
  await service.hear(CandidatesQualified, seat(other, former));
  expect(await openOf(batchId)).toEqual([]);

  await service.hear(PersonsMerged, {
    ...{ personId: row.personId, mergedPersonId: former, mergedAt: '2026-03-02T09:00:00.000+08:00' },
  });

  expect(await openOf(batchId)).toMatchObject([{ code: 'same-day-two-places' }]);
});

it('result-before-exam-end: by the Shanghai day on which the result was recorded', async () => {
  const early = await one({ recordedAt: '2026-02-09T23:59:00.000+08:00' });
  const inTime = await one({ recordedAt: '2026-02-09T16:00:00.000Z' });

  expect(await openOf(early.batchId)).toEqual([
    {
      ...{ code: 'result-before-exam-end', rowNumber: 1, severity: 'blocking' },
      facts: { recordedOn: '2026-02-09', lastPaperOn: '2026-02-10' },
    },
  ]);
  expect(await openOf(inTime.batchId)).toEqual([]);
});

it('exam-before-training: the first paper before the class was over', async () => {
  const { row, batchId, sessionId } = await one();
  await service.hear(SessionOpened, session(sessionId));
  await service.hear(ClassOpened, opened(row.classId));
  await service.hear(ClassCompleted, completed(row.classId, row.personId, { completedOn: '2026-02-09' }));

  expect(await openOf(batchId)).toMatchObject([
    { code: 'exam-before-training', severity: 'blocking', facts: { examOn: '2026-02-08', completedOn: '2026-02-09' } },
  ]);
});

it('hours-below-standard: only once the standard is known; until then it says 待核实', async () => {
  const { row, batchId } = await one();
  await service.hear(ClassOpened, opened(row.classId));
  await service.hear(ClassCompleted, completed(row.classId, row.personId));
  expect(await openOf(batchId)).toEqual([]);
  const ruleOf = async () => {
    const { body } = await desk.officer().get('/signal-rules', { batchId });
    return (body.rules as { code: string }[]).find(({ code }) => code === 'hours-below-standard');
  };
  expect(await ruleOf()).toMatchObject({ unverified: true, open: 0 });

  const rule: RuleRecorded = {
    ...{
      ruleId: randomUUID(),
      rule: 'hours',
      scope: OCCUPATION,
      edition: '2021',
      level: 'junior',
      value: { total: 80 },
    },
    ...{ from: '2025-01-01', to: null, document: '标准', article: '1.9', confidence: 'T', confirmedBy: '测试' },
  };
  await service.hear(RuleRecorded, rule);

  expect(await openOf(batchId)).toMatchObject([
    { code: 'hours-below-standard', facts: { hours: 70, standardHours: 80 } },
  ]);
  expect(await ruleOf()).toMatchObject({ unverified: false, open: 1 });
  await service.hear(RuleRecorded, { ...rule, value: { total: 60 } });
  expect(await openOf(batchId)).toEqual([]);
});

it('equal-score-patterns: the rows that are alike, and no others', async () => {
  const rows = [...desk.rows(9), ...[1, 2, 3].map(() => desk.row({ theory: 99, ability: 99 }))];
  const { batchId } = await desk.receive({ rows });

  const told = await openOf(batchId);

  expect(told.map(({ code, rowNumber }) => [code, rowNumber])).toEqual(
    [10, 11, 12].map((number) => ['equal-score-patterns', number]),
  );
  expect(told[0]).toMatchObject({ severity: 'advisory', facts: { equal: 3, rows: 12, theory: 99, ability: 99 } });
});

it('pass-rate-far-from-history: against the institution’s own earlier sessions', async () => {
  const ei = randomUUID();
  await service.hear(DirectoryEntryRecorded, {
    ...{ entryId: randomUUID(), organisationId: ei, role: 'evaluation', occupationCode: OCCUPATION, direction: null },
    ...{ levels: null, from: '2025-01-01', to: null, batch: '2025-1', source: '测试' },
  });
  const report = async (sat: number, passed: number, lastPaperOn: string) => {
    const data = { ...desk.report({ organisationId: ei, rows: desk.rows(1) }), sat, passed, lastPaperOn };
    await service.hear(ResultReportFiled, data);
    const found = await service.query<{ id: string }>('select id from batch where session_id = $1', [data.sessionId]);
    return found[0]?.id ?? '';
  };
  await report(200, 150, '2026-01-10');
  const usual = await report(40, 30, '2026-02-10');
  const unusual = await report(40, 40, '2026-02-10');

  expect(await openOf(usual)).toEqual([]);
  expect(await openOf(unusual)).toMatchObject([
    { code: 'pass-rate-far-from-history', rowNumber: null, severity: 'advisory', facts: { historySat: 200, sat: 40 } },
  ]);
});

it('one-phone-many-people: three persons, not two, and by what the office has set', async () => {
  const { row, batchId } = await one();
  const phoneIndex = 'p'.repeat(43);
  const enrol = (personId: string, classId = randomUUID()) =>
    service.hear(LearnersEnrolled, {
      ...{ classId, organisationId: ti },
      learners: [
        {
          ...{
            enrolmentId: randomUUID(),
            personId,
            name: '张三',
            documentKind: 'passport',
            documentNumber: 'E12345678',
          },
          ...{ numberIndex: 'n'.repeat(43), nameIndex: 'm'.repeat(43), activationDigest: 'a'.repeat(64), phoneIndex },
        },
      ],
    });
  await enrol(row.personId);
  await enrol(row.personId);
  await enrol(randomUUID());
  expect(await openOf(batchId)).toEqual([]);
  await enrol(randomUUID());
  expect(await openOf(batchId)).toMatchObject([
    { code: 'one-phone-many-people', severity: 'advisory', facts: { persons: 3 } },
  ]);

  const values = { persons: 4 };
  const setting = { code: 'one-phone-many-people', from: '2026-03-02', values, basis: '厅办公会纪要' };
  expect((await desk.officer().post('/signal-settings', setting)).status).toBe(201);
  expect(await openOf(batchId)).toEqual([]);
  await enrol(randomUUID());
  const { body } = await desk.officer().get(`/batches/${batchId}/signals`, { state: 'open' });
  await desk.runTimers();
  const again = await desk.officer().get(`/batches/${batchId}/signals`, { state: 'open' });
  expect([...body.items, ...again.body.items].at(-1)).toMatchObject({
    setting: { values, source: '省厅设定：厅办公会纪要', from: '2026-03-02' },
  });
});

it('other-level-in-chain: another level of the same occupation under way, not one that is over', async () => {
  const personId = randomUUID();
  const first = await one({ personId });
  const report = { ...desk.report({ rows: [desk.row({ personId })] }), subject: { ...subject, level: 'intermediate' } };
  await service.hear(ResultReportFiled, report);
  const [second] = await service.query<{ id: string }>('select id from batch where session_id = $1', [
    report.sessionId,
  ]);

  expect(await openOf(first.batchId)).toMatchObject([
    { code: 'other-level-in-chain', facts: { levels: ['intermediate'] } },
  ]);
  expect(await openOf(second?.id ?? '')).toMatchObject([
    { code: 'other-level-in-chain', facts: { levels: ['junior'] } },
  ]);
  const [row] = await desk.rowsOf(first.batchId);
  await desk.propose(first.batchId, { rows: [{ rowId: row?.id, proposal: 'return', reasons: ['data-inconsistent'] }] });
  await desk.decide(first.batchId);
  expect((await desk.propose(second?.id ?? '')).status).toBe(201);
  expect(await openOf(second?.id ?? '')).toEqual([]);
});

it('directory-missing-on-day and directory-ended-meanwhile: by the directory as it is held now', async () => {
  const ei = randomUUID();
  const { batchId } = await one({}, { organisationId: ei });
  const bare = [{ code: 'directory-missing-on-day', rowNumber: null, severity: 'blocking' }];
  expect(await openOf(batchId)).toMatchObject(bare);
  const entry = {
    ...{ entryId: randomUUID(), organisationId: ei, role: 'evaluation', occupationCode: OCCUPATION, direction: null },
    ...{ levels: null, from: '2025-01-01', to: '2026-02-10', batch: '2025-1', source: '测试' },
  };
  await service.hear(DirectoryEntryRecorded, entry);
  expect(await openOf(batchId)).toMatchObject([
    { code: 'directory-ended-meanwhile', severity: 'advisory', facts: { missing: 'directory-dates' } },
  ]);
  await service.hear(DirectoryEntryRecorded, { ...entry, to: null });
  expect(await openOf(batchId)).toEqual([]);
  const { entryId } = entry;
  await service.hear(DirectoryEntrySuspended, { entryId, organisationId: ei, from: '2026-02-10', basis: '检查' });
  expect(await openOf(batchId)).toMatchObject([{ ...bare[0], facts: { missing: ['directory-suspended'] } }]);
  // Each day is judged by what counted on it: a later resumption leaves the days before it as they were.
  const resumed = { entryId, organisationId: ei, basis: '整改完成' };
  await service.hear(DirectoryEntryResumed, { ...resumed, from: '2026-03-01' });
  expect(await openOf(batchId)).toMatchObject([{ ...bare[0], facts: { missing: ['directory-suspended'] } }]);
  await service.hear(DirectoryEntryResumed, { ...resumed, from: '2026-02-10' });
  expect(await openOf(batchId)).toEqual([]);
});

it('officer-attached: tells how many, not who, and only while they are', async () => {
  const ei = randomUUID();
  await service.hear(DirectoryEntryRecorded, {
    ...{ entryId: randomUUID(), organisationId: ei, role: 'evaluation', occupationCode: OCCUPATION, direction: null },
    ...{ levels: null, from: '2025-01-01', to: null, batch: '2025-1', source: '测试' },
  });
  const { batchId } = await one({}, { organisationId: ei });
  const attachment = { attachmentId: randomUUID(), accountId: randomUUID(), organisationId: ei, from: '2026-01-01' };
  await service.hear(AttachmentDeclared, { ...attachment, to: null });
  expect(await openOf(batchId)).toMatchObject([{ code: 'officer-attached', facts: { officers: 1 } }]);
  await service.hear(AttachmentDeclared, { ...attachment, to: '2026-03-01' });
  expect(await openOf(batchId)).toEqual([]);
});
