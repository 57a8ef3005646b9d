import { Injectable } from '@nestjs/common';
import { CandidatesQualified } from '@shuzheng/contracts';
import { Database, On, sql } from '@shuzheng/platform';
import { goingOn } from '../data/persons.js';

@Injectable()
export class WhenCandidatesQualified {
  constructor(private readonly db: Database) {}

  @On(CandidatesQualified)
  async list(events: CandidatesQualified[]) {
    const all = events.flatMap(({ sessionId, candidates }) => candidates.map((one) => ({ ...one, sessionId })));
    await this.db.transaction((tx) =>
      sql(tx, list, [
        all.map(({ applicationId }) => applicationId),
        all.map(({ personId }) => personId),
        all.map(({ classId }) => classId),
        all.map(({ sessionId }) => sessionId),
      ]),
    );
  }
}

const list = `
  insert into candidate (application_id, person_id, class_id, session_id, plan_id, organisation_id, training_organisation_id,
    city_code, plan_city_code)
  select heard.id, ${goingOn('heard.person_id')}, heard.class_id, heard.session_id, stage.plan_id, stage.organisation_id,
    stage.training_organisation_id, stage.city_code, stage.plan_city_code
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) as heard (id, person_id, class_id, session_id)
  join stage on stage.id = heard.session_id
  on conflict (application_id) do nothing`;
