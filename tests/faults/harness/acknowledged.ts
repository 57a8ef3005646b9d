import { expectAtLeast, expectEqual, expectNone } from './fault.js';
import type { Entry, Journal } from './journal.js';
import type { Kind } from './commands.js';
import type { Ground } from './registry.js';

interface Trace {
  /** Where the command's own row is, and by what it is recognized: the mark, or the id of the answer. */
  readonly own: string;
  /** What it must have caused elsewhere. */
  readonly elsewhere: readonly string[];
  readonly service: string;
  readonly id: string;
}

/** Each text counts rows for `wanted (mark, id)`: exactly one for each. */
const traces: Record<Kind, Trace> = {
  'open-class': {
    own: 'enrollment.training_class as found on found.name = wanted.mark and found.id::text = wanted.id',
    elsewhere: [
      'oversight.stage as found on found.id::text = wanted.id',
      `enrollment.event as found on found.aggregate = wanted.id and found.type = 'enrollment.class-opened.v1'`,
      `enrollment.audit as found on found.subject = 'class:' || wanted.id and found.operation = 'enrollment.open-class'`,
    ],
    service: 'enrollment',
    id: 'classId',
  },
  'enroll-learners': {
    own: `enrollment.enrolment as found on found.reference = wanted.mark || '-0'`,
    elsewhere: [
      `(select enrolment.reference from oversight.trainee join enrollment.enrolment on enrolment.id = trainee.enrolment_id)
        as found on found.reference = wanted.mark || '-0'`,
    ],
    service: 'enrollment',
    id: 'none',
  },
  'upload-roster': {
    own: `enrollment.enrolment as found on found.reference = wanted.mark || '-0'`,
    elsewhere: [
      `(select enrolment.reference from oversight.trainee join enrollment.enrolment on enrolment.id = trainee.enrolment_id)
        as found on found.reference = wanted.mark || '-0'`,
      `(select roster.id from enrollment.roster join enrollment.file on file.id = roster.file_id) as found on found.id::text = wanted.id`,
    ],
    service: 'enrollment',
    id: 'rosterId',
  },
  'register-organisation': {
    own: 'institutions.organisation as found on found.name = wanted.mark and found.id::text = wanted.id',
    elsewhere: [
      ...['enrollment', 'assessment', 'certification', 'identity', 'oversight'].map(
        (service) => `${service}.known_organisation as found on found.id::text = wanted.id`,
      ),
      `institutions.audit as found on found.subject = 'organisation:' || wanted.id`,
    ],
    service: 'institutions',
    id: 'organisationId',
  },
  'draft-exam-plan': {
    own: 'enrollment.exam_plan as found on found.site = wanted.mark and found.id::text = wanted.id',
    elsewhere: ['assessment.known_exam_plan as found on found.plan_id::text = wanted.id'],
    service: 'enrollment',
    id: 'planId',
  },
  'answer-exam-plan': {
    own: 'assessment.exam_plan_answer as found on found.plan_id::text = wanted.mark',
    elsewhere: [
      `enrollment.exam_plan as found on found.id::text = wanted.mark and found.state = 'consented'`,
      `assessment.audit as found on found.subject = 'exam-plan:' || wanted.mark`,
    ],
    service: 'assessment',
    id: 'planId',
  },
  'create-account': {
    own: 'identity.account as found on found.login_name = wanted.mark and found.id::text = wanted.id',
    elsewhere: [`identity.audit as found on found.subject = 'account:' || wanted.id`],
    service: 'identity',
    id: 'accountId',
  },
};

/** I1: what was acknowledged is there once, with all it had to cause; what was refused or given up left nothing. */
export async function acknowledged(registry: Ground, journal: Pick<Journal, 'entries'>): Promise<number> {
  const entries = journal.entries();
  expectNone(
    'commands whose end nobody knows',
    entries.filter(({ acked, refused }) => !acked && refused === undefined),
  );
  let checked = 0;
  for (const [kind, trace] of Object.entries(traces)) {
    const own = entries.filter((entry) => entry.kind === kind);
    const acked = own.filter((entry) => entry.acked);
    for (const place of [trace.own, ...trace.elsewhere]) {
      expectNone(`I1 acknowledged ${kind} that is not once in ${place}`, await notOnce(registry, trace, place, acked));
    }
    expectNone(`I1 keys of ${kind} without one record`, await withoutRecord(registry, trace.service, acked));
    const refused = own.filter((entry) => !entry.acked);
    const left = await found(registry, trace, refused);
    expectNone(`I1 refused ${kind} that left something`, left);
    checked += acked.length;
  }
  await learners(registry, entries);
  expectAtLeast('acknowledged commands', 1, checked);
  return checked;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

const values = ({ id }: Trace, entries: readonly Entry[]) => [
  entries.map(({ mark }) => mark),
  entries.map(({ acked }) => textOf(acked?.[id])),
];

const notOnce = (registry: Ground, trace: Trace, place: string, entries: readonly Entry[]) =>
  registry.query(
    `select wanted.mark, wanted.id, count(found) as times from unnest($1::text[], $2::text[]) as wanted (mark, id)
     left join ${place} group by 1, 2 having count(found) <> 1`,
    values(trace, entries),
  );

const found = (registry: Ground, trace: Trace, entries: readonly Entry[]) =>
  registry.query(
    `select wanted.mark from unnest($1::text[], $2::text[]) as wanted (mark, id) join ${trace.own.replace(/ and found\.id::text = wanted\.id/, '')}`,
    values(trace, entries),
  );

const withoutRecord = (registry: Ground, service: string, entries: readonly Entry[]) =>
  registry.query(
    `select wanted.key from unnest($1::text[]) as wanted (key)
     left join ${service}.idempotency as record on record.key = wanted.key
     group by 1 having count(record.answer) <> 1`,
    [entries.map(({ key }) => key)],
  );

/** I1, I15: each learner of an acknowledged request sits on one seat, the one that was told, and nobody else came in. */
async function learners(registry: Ground, entries: readonly Entry[]) {
  const acked = entries.filter(({ kind, acked }) => kind === 'enroll-learners' && acked);
  const told = acked.flatMap(({ acked }) => acked?.['ids'] as { reference: string; enrolmentId: string }[]);
  const kept = await registry.query<{ reference: string; id: string }>(
    'select reference, id from enrollment.enrolment where reference = any($1)',
    [told.map(({ reference }) => reference)],
  );
  const lines = (seats: readonly string[]) => [...seats].sort();
  expectEqual(
    'I1 the seats that were acknowledged',
    lines(told.map(({ reference, enrolmentId }) => `${reference} ${enrolmentId}`)),
    lines(kept.map(({ reference, id }) => `${reference} ${id}`)),
  );
}
