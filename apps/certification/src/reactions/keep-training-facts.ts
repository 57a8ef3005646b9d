import { Injectable } from '@nestjs/common';
import {
  AttendanceRecorded,
  ClassCompleted,
  ClassOpened,
  ClassRescheduled,
  LearnersEnrolled,
  PersonsMerged,
  TrainingCertificateAmended,
  TrainingCertificatesIssued,
} from '@shuzheng/contracts';
import { Clock, Database, latestOf, On, sql } from '@shuzheng/platform';
import { askForSignals, rowsOfPersons } from '../data/signal-rounds.js';

const rowsOfClasses = 'row.class_id = any($2::uuid[])';

/** What enrollment tells of classes, lessons and persons, as far as signals compare it. */
@Injectable()
export class KeepTrainingFacts {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @On(ClassOpened)
  open(heard: ClassOpened[]) {
    const events = latestOf(heard, ({ classId }) => classId);
    return this.keep(openClasses, [
      events.map(({ classId }) => classId),
      events.map(({ organisationId }) => organisationId),
      events.map(({ cityCode }) => cityCode),
      events.map(({ startsOn }) => startsOn),
      events.map(({ endsOn }) => endsOn),
    ]);
  }

  @On(ClassRescheduled)
  reschedule(heard: ClassRescheduled[]) {
    const events = latestOf(heard, ({ classId }) => classId);
    return this.keep(rescheduleClasses, [
      events.map(({ classId }) => classId),
      events.map(({ startsOn }) => startsOn),
      events.map(({ endsOn }) => endsOn),
    ]);
  }

  @On(ClassCompleted)
  complete(heard: ClassCompleted[]) {
    const events = latestOf(heard, ({ classId }) => classId);
    const learners = latestOf(
      events.flatMap(({ classId, learners }) => learners.map((learner) => ({ ...learner, classId }))),
      ({ classId, personId }) => `${classId}/${personId}`,
    );
    return this.db.transaction(async (tx) => {
      await sql(tx, keepHours, [
        learners.map(({ classId }) => classId),
        learners.map(({ personId }) => personId),
        learners.map(({ hours }) => hours),
        learners.map(({ passed }) => passed),
      ]);
      await this.keep(completeClasses, [
        events.map(({ classId }) => classId),
        events.map(({ completedOn }) => completedOn),
      ]);
    });
  }

  @On(TrainingCertificatesIssued)
  certify(heard: TrainingCertificatesIssued[]) {
    const given = heard.flatMap(({ classId, certificates }) => certificates.map((one) => ({ ...one, classId })));
    return this.setRevoked(given.map(({ classId, personId }) => ({ classId, personId, day: null })));
  }

  /** Another certificate may be issued after it: then the training counts again. */
  @On(TrainingCertificateAmended)
  revoke(heard: TrainingCertificateAmended[]) {
    const revoked = heard.filter(({ kind }) => kind === 'revoked');
    return this.setRevoked(revoked.map(({ classId, personId, amendedOn: day }) => ({ classId, personId, day })));
  }

  private setRevoked(all: readonly { classId: string; personId: string; day: string | null }[]) {
    const certificates = latestOf(all, ({ classId, personId }) => `${classId}/${personId}`);
    return this.keep(setRevoked, [
      certificates.map(({ classId }) => classId),
      certificates.map(({ personId }) => personId),
      certificates.map(({ day }) => day),
    ]);
  }

  /** What is recorded again of a lesson replaces what was recorded before. */
  @On(AttendanceRecorded)
  attend(heard: AttendanceRecorded[]) {
    const events = latestOf(heard, ({ lessonId }) => lessonId);
    const present = events.flatMap(({ offline, present, ...lesson }) =>
      offline ? [...new Set(present)].map((personId) => ({ ...lesson, personId })) : [],
    );
    return this.db.transaction(async (tx) => {
      const before = await sql<{ personId: string }>(
        tx,
        'delete from known_attendance where lesson_id = any($1::uuid[]) returning person_id as "personId"',
        [events.map(({ lessonId }) => lessonId)],
      );
      await sql(tx, keepAttendance, [
        present.map(({ lessonId }) => lessonId),
        present.map(({ personId }) => personId),
        present.map(({ classId }) => classId),
        present.map(({ cityCode }) => cityCode),
        present.map(({ on }) => on),
      ]);
      const persons = [...before.rows, ...present].map(({ personId }) => personId);
      await askForSignals(tx, this.clock.now(), rowsOfPersons, [[...new Set(persons)]]);
    });
  }

  @On(LearnersEnrolled)
  enrol(heard: LearnersEnrolled[]) {
    const learners = latestOf(
      heard.flatMap(({ learners }) => learners.filter(({ phoneIndex }) => phoneIndex !== undefined)),
      ({ enrolmentId }) => enrolmentId,
    );
    if (learners.length === 0) return Promise.resolve();
    const phones = learners.map(({ phoneIndex }) => phoneIndex);
    return this.db.transaction(async (tx) => {
      await sql(tx, keepPhones, [
        learners.map(({ enrolmentId }) => enrolmentId),
        learners.map(({ personId }) => personId),
        phones,
      ]);
      // Whoever shares one of these phones is looked at again, not only who just enrolled.
      await askForSignals(tx, this.clock.now(), rowsOfPhones, [phones]);
    });
  }

  /** The aliases themselves are kept elsewhere; here what the merged person has under way is looked at again. */
  @On(PersonsMerged)
  merge(events: PersonsMerged[]) {
    const persons = events.flatMap(({ personId, mergedPersonId }) => [personId, mergedPersonId]);
    return this.db.transaction((tx) => askForSignals(tx, this.clock.now(), rowsOfPersons, [persons]));
  }

  private keep(statement: string, values: [readonly string[], ...unknown[]]) {
    return this.db.transaction(async (tx) => {
      await sql(tx, statement, values);
      await askForSignals(tx, this.clock.now(), rowsOfClasses, [values[0]]);
    });
  }
}

const openClasses = `
  insert into known_class (class_id, organisation_id, city_code, starts_on, ends_on)
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[], $5::date[])
  on conflict (class_id) do update set starts_on = excluded.starts_on, ends_on = excluded.ends_on`;

const rescheduleClasses = `
  update known_class set starts_on = heard.starts_on, ends_on = heard.ends_on
  from unnest($1::uuid[], $2::date[], $3::date[]) as heard (class, starts_on, ends_on) where class_id = heard.class`;

const completeClasses = `
  update known_class set completed_on = heard.completed_on
  from unnest($1::uuid[], $2::date[]) as heard (class, completed_on) where class_id = heard.class`;

const keepHours = `
  insert into known_hours (class_id, person_id, hours, passed)
  select * from unnest($1::uuid[], $2::uuid[], $3::numeric[], $4::boolean[])
  on conflict (class_id, person_id) do update set hours = excluded.hours, passed = excluded.passed`;

const setRevoked = `
  update known_hours as known set revoked_on = heard.day
  from unnest($1::uuid[], $2::uuid[], $3::date[]) as heard (class, person, day)
  where known.class_id = heard.class and known.person_id = heard.person and known.revoked_on is distinct from heard.day`;

const keepAttendance = `
  insert into known_attendance (lesson_id, person_id, class_id, city_code, on_day)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::date[])`;

const keepPhones = `
  insert into known_phone (enrolment_id, person_id, phone_index) select * from unnest($1::uuid[], $2::uuid[], $3::text[])
  on conflict (enrolment_id) do update set phone_index = excluded.phone_index`;

const rowsOfPhones = `row.person_id in (
  with sharing as (select person_id as id from known_phone where phone_index = any($2::text[])),
  kept as (select id from sharing union select person_id from person_alias join sharing on merged_person_id = sharing.id)
  select id from kept union select merged_person_id from person_alias join kept on person_id = kept.id)`;
