import { Injectable } from '@nestjs/common';
import {
  ClassCompleted,
  LearnersEnrolled,
  TrainingCertificateAmended,
  TrainingCertificatesIssued,
} from '@shuzheng/contracts';
import { Clock, Database, latestOf, On, Personal, sql } from '@shuzheng/platform';
import { letLeave, letReturn } from '../data/leavers.js';

/** Learners on their way to an exam: who they are, which class they finished, and what they hold from it. */
@Injectable()
export class WhenClassCompleted {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
    private readonly clock: Clock,
  ) {}

  @On(LearnersEnrolled)
  async rememberLearners(events: LearnersEnrolled[]) {
    const learners = latestOf(
      events.flatMap((event) => event.learners),
      ({ personId }) => personId,
    );
    const seal = (column: string, personId: string, plain: string) =>
      this.personal.seal('known_person', column, personId, plain);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into known_person (person_id, document_kind, name_sealed, number_sealed, name_index, number_index)
         select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
         on conflict (person_id) do update set document_kind = excluded.document_kind, name_sealed = excluded.name_sealed,
           number_sealed = excluded.number_sealed, name_index = excluded.name_index, number_index = excluded.number_index`,
        [
          learners.map(({ personId }) => personId),
          learners.map(({ documentKind }) => documentKind),
          learners.map(({ personId, name }) => seal('name_sealed', personId, name)),
          learners.map(({ personId, documentNumber }) => seal('number_sealed', personId, documentNumber)),
          learners.map(({ nameIndex }) => nameIndex),
          learners.map(({ numberIndex }) => numberIndex),
        ],
      ),
    );
  }

  @On(ClassCompleted)
  async rememberCompletions(events: ClassCompleted[]) {
    const completions = events.flatMap(({ learners, subject, ...about }) =>
      learners.map((learner) => ({ ...about, ...subject, ...learner })),
    );
    const latest = latestOf(completions, ({ classId, personId }) => `${classId}|${personId}`);
    await this.db.transaction((tx) => sql(tx, complete, [JSON.stringify(latest)]));
  }

  @On(TrainingCertificatesIssued)
  async rememberCertificates(events: TrainingCertificatesIssued[]) {
    const certificates = events.flatMap((event) => event.certificates);
    const enrolmentIds = certificates.map(({ enrolmentId }) => enrolmentId);
    await this.db.transaction(async (tx) => {
      await sql(
        tx,
        `update known_completion as completion set training_certificate_id = heard.id, training_certificate = heard.number
         from unnest($1::uuid[], $2::uuid[], $3::text[]) as heard (enrolment_id, id, number)
         where completion.enrolment_id = heard.enrolment_id`,
        [
          enrolmentIds,
          certificates.map(({ trainingCertificateId }) => trainingCertificateId),
          certificates.map(({ number }) => number),
        ],
      );
      await letReturn(tx, enrolmentIds);
    });
  }

  /** A revoked certificate is held no longer, and whoever held it is out; a corrected one has another number. */
  @On(TrainingCertificateAmended)
  async amendCertificates(events: TrainingCertificateAmended[]) {
    const latest = latestOf(events, ({ trainingCertificateId }) => trainingCertificateId);
    const revoked = latest.filter(({ kind }) => kind === 'revoked');
    const reason = 'training-certificate-revoked';
    await this.db.transaction(async (tx) => {
      await sql(
        tx,
        `update known_completion as completion set training_certificate = heard.number,
           training_certificate_id = case when heard.kind = 'revoked' then null else completion.training_certificate_id end
         from unnest($1::uuid[], $2::text[], $3::text[]) as heard (id, kind, number)
         where completion.training_certificate_id = heard.id`,
        [
          latest.map(({ trainingCertificateId }) => trainingCertificateId),
          latest.map(({ kind }) => kind),
          latest.map(({ kind, number }) => (kind === 'revoked' ? null : number)),
        ],
      );
      const leavers = revoked.map(({ amendedOn, ...event }) => ({ ...event, reason, withdrawnOn: amendedOn }));
      await letLeave(tx, leavers, reason, this.clock.now());
    });
  }
}

const complete = `
  insert into known_completion (class_id, person_id, enrolment_id, training_plan_id, organisation_id, city_code,
    occupation_code, edition, level, direction, completed_on, passed, hours)
  select "classId", coalesce(alias.person_id, "personId"), "enrolmentId", "planId", "organisationId", "cityCode",
    "occupationCode", edition, level, direction, "completedOn", passed, hours
  from json_to_recordset($1::json) as heard ("classId" uuid, "personId" uuid, "enrolmentId" uuid, "planId" uuid,
    "organisationId" uuid, "cityCode" text, "occupationCode" text, edition text, level text, direction text,
    "completedOn" date, passed boolean, hours numeric)
  left join known_alias as alias on alias.merged_person_id = heard."personId"
  on conflict (class_id, person_id) do update set enrolment_id = excluded.enrolment_id, completed_on = excluded.completed_on, passed = excluded.passed, hours = excluded.hours`;
