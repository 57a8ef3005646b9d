import { Injectable } from '@nestjs/common';
import { EnrolmentsWithdrawn, LearnersEnrolled } from '@shuzheng/contracts';
import { Database, On, sql } from '@shuzheng/platform';
import { goingOn } from '../data/persons.js';

@Injectable()
export class WhenLearnersEnrolled {
  constructor(private readonly db: Database) {}

  @On(LearnersEnrolled)
  async list(events: LearnersEnrolled[]) {
    const learners = events.flatMap(({ classId, learners }) => learners.map((learner) => ({ ...learner, classId })));
    await this.db.transaction((tx) =>
      sql(tx, list, [
        learners.map(({ enrolmentId }) => enrolmentId),
        learners.map(({ personId }) => personId),
        learners.map(({ classId }) => classId),
      ]),
    );
  }

  @On(EnrolmentsWithdrawn)
  async withdraw(events: EnrolmentsWithdrawn[]) {
    const withdrawn = events.flatMap(({ enrolments, withdrawnOn }) =>
      enrolments.map(({ enrolmentId }) => ({ enrolmentId, withdrawnOn })),
    );
    await this.db.transaction((tx) =>
      sql(
        tx,
        `update trainee set state = 'withdrawn', since = heard.day
         from unnest($1::uuid[], $2::date[]) as heard (id, day) where trainee.enrolment_id = heard.id`,
        [withdrawn.map(({ enrolmentId }) => enrolmentId), withdrawn.map(({ withdrawnOn }) => withdrawnOn)],
      ),
    );
  }
}

const list = `
  insert into trainee (enrolment_id, person_id, class_id, plan_id, organisation_id, city_code)
  select heard.id, ${goingOn('heard.person_id')}, heard.class_id, stage.plan_id, stage.organisation_id, stage.city_code
  from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as heard (id, person_id, class_id)
  join stage on stage.id = heard.class_id
  on conflict (enrolment_id) do nothing`;
