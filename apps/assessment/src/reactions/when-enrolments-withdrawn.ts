import { Injectable } from '@nestjs/common';
import { EnrolmentsWithdrawn } from '@shuzheng/contracts';
import { Clock, Database, latestOf, On, rows, sql } from '@shuzheng/platform';
import { applicationMoves, before } from '../domain/states.js';

/** 退班: whoever left the class has no hours to apply with, so their applications end and their seats are free. */
@Injectable()
export class WhenEnrolmentsWithdrawn {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @On(EnrolmentsWithdrawn)
  async endApplications(events: EnrolmentsWithdrawn[]) {
    const withdrawn = events.flatMap(({ classId, withdrawnOn, enrolments }) =>
      enrolments.map((enrolment) => ({ classId, withdrawnOn, ...enrolment })),
    );
    const latest = latestOf(withdrawn, ({ enrolmentId }) => enrolmentId);
    await this.db.transaction(async (tx) => {
      await sql(tx, remember, [JSON.stringify(latest)]);
      const ids = latest.map(({ enrolmentId }) => enrolmentId);
      // In one order, so that two who lock several sessions never wait for each other.
      const sessions = await rows<{ id: string }>(tx, lockSessions, [ids]);
      const moved = before(applicationMoves, 'withdrawn');
      await sql(tx, endOpen, [ids, this.clock.now(), moved]);
      await sql(tx, recount, [sessions.map(({ id }) => id)]);
    });
  }
}

const remember = `
  insert into known_withdrawal (enrolment_id, class_id, person_id, reason, withdrawn_on)
  select "enrolmentId", "classId", coalesce(alias.person_id, "personId"), reason, "withdrawnOn"
  from json_to_recordset($1::json) as heard ("enrolmentId" uuid, "classId" uuid, "personId" uuid, reason text, "withdrawnOn" date)
  left join known_alias as alias on alias.merged_person_id = heard."personId"
  on conflict (enrolment_id) do update set reason = excluded.reason, withdrawn_on = excluded.withdrawn_on`;

/** An enrolment's applications are those with the hours of its class. */
const applicationsOf = `
  from application as a
  join known_completion as c on c.class_id = a.class_id and c.person_id = a.person_id
  where c.enrolment_id = any($1::uuid[])`;

const lockSessions = `
  select id from session where id in (select a.session_id ${applicationsOf}) order by id for no key update`;

/** Whoever already has a released result keeps the application; a result that is only recorded is never released. */
const endOpen = `
  update application set state = 'withdrawn', end_reason = 'enrolment-withdrawn', withdrawn_at = $2
  where state = any($3::text[]) and id in (select a.id ${applicationsOf})
    and not exists (select from result as r where r.application_id = application.id and r.state = 'released')`;

const recount = `
  update session set taken =
    (select count(*) from application as a where a.session_id = session.id and a.state in ('submitted', 'qualified'))
  where id = any($1::uuid[])`;
