import { rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { applicationMoves, before } from '../domain/states.js';

/** Why somebody's hours of a class count no more: they left it, or lost the certificate that they had from it. */
export type LeavingReason = 'enrolment-withdrawn' | 'training-certificate-revoked';

export interface Leaver {
  readonly enrolmentId: string;
  readonly classId: string;
  readonly personId: string;
  readonly reason: string;
  readonly withdrawnOn: string;
}

/** Whoever left has no hours to apply with, so their applications end and their seats are free. */
export async function letLeave(tx: EntityManager, leavers: readonly Leaver[], reason: LeavingReason, now: Date) {
  await sql(tx, remember, [JSON.stringify(leavers)]);
  const ids = leavers.map(({ enrolmentId }) => enrolmentId);
  // In one order, so that two who lock several sessions never wait for each other.
  const sessions = await rows<{ id: string }>(tx, lockSessions, [ids]);
  await sql(tx, endOpen, [ids, now, before(applicationMoves, 'withdrawn'), reason]);
  await sql(tx, recount, [sessions.map(({ id }) => id)]);
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
  update application set state = 'withdrawn', end_reason = $4, withdrawn_at = $2
  where state = any($3::text[]) and id in (select a.id ${applicationsOf})
    and not exists (select from result as r where r.application_id = application.id and r.state = 'released')`;

const recount = `
  update session set taken =
    (select count(*) from application as a where a.session_id = session.id and a.state in ('submitted', 'qualified'))
  where id = any($1::uuid[])`;

/** In a statement with the completion `c`: why its hours count no more; null while they do. */
export const leftBy = `(select case when w.reason = 'training-certificate-revoked' then w.reason else 'enrolment-withdrawn' end
  from known_withdrawal as w where w.enrolment_id = c.enrolment_id)`;

/** Whoever was given another certificate has the hours again; applications that ended stay ended. */
export const letReturn = (tx: EntityManager, enrolmentIds: readonly string[]) =>
  sql(
    tx,
    `delete from known_withdrawal where enrolment_id = any($1::uuid[]) and reason = 'training-certificate-revoked'`,
    [enrolmentIds],
  );
