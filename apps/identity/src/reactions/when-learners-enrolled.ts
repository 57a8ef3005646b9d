import { Injectable } from '@nestjs/common';
import { LearnersEnrolled } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';

/** Learners may register once they are in a class. Their names and numbers arrive sealed and stay unread: the indexes suffice. */
@Injectable()
export class WhenLearnersEnrolled {
  constructor(private readonly db: Database) {}

  @On(LearnersEnrolled)
  async keepActivations(events: LearnersEnrolled[]) {
    const enrolled = events.flatMap(({ organisationId, learners }) =>
      learners.map((learner) => ({ ...learner, organisationId })),
    );
    const latest = latestOf(enrolled, ({ enrolmentId }) => enrolmentId);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into activation (enrolment_id, organisation_id, person_id, number_index, name_index, activation_digest)
         select enrolment, organisation, coalesce(alias.person_id, person), number, name, digest
         from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[])
           as enrolled (enrolment, organisation, person, number, name, digest)
           left join person_alias as alias on alias.merged_id = person
         on conflict (enrolment_id) do update set person_id = excluded.person_id, number_index = excluded.number_index,
           name_index = excluded.name_index, activation_digest = excluded.activation_digest
         where activation.used_at is null`,
        [
          latest.map(({ enrolmentId }) => enrolmentId),
          latest.map(({ organisationId }) => organisationId),
          latest.map(({ personId }) => personId),
          latest.map(({ numberIndex }) => numberIndex),
          latest.map(({ nameIndex }) => nameIndex),
          latest.map(({ activationDigest }) => activationDigest),
        ],
      ),
    );
  }
}
