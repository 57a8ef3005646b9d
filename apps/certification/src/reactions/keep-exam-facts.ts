import { Injectable } from '@nestjs/common';
import {
  CandidatesQualified,
  ResultReportFiled,
  SessionCancelled,
  SessionOpened,
  SessionRescheduled,
} from '@shuzheng/contracts';
import { Clock, Database, latestOf, On, sql } from '@shuzheng/platform';
import { askForSignals, rowsOfPersons } from '../data/signal-rounds.js';

/** Rows of the sessions themselves, and of whoever may sit in them. */
const rowsOfSessions = `batch.session_id = any($2::uuid[])
  or row.person_id in (select person_id from known_candidate where session_id = any($2::uuid[]))`;

/** What assessment tells of sessions, candidates and the time of results, as far as signals compare it. */
@Injectable()
export class KeepExamFacts {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @On(SessionOpened)
  open(heard: SessionOpened[]) {
    const events = latestOf(heard, ({ sessionId }) => sessionId);
    return this.keep(openSessions, [
      events.map(({ sessionId }) => sessionId),
      events.map(({ organisationId }) => organisationId),
      events.map(({ cityCode }) => cityCode),
      events.map(({ theoryOn }) => theoryOn),
      events.map(({ abilityOn }) => abilityOn),
    ]);
  }

  @On(SessionRescheduled)
  reschedule(heard: SessionRescheduled[]) {
    const events = latestOf(heard, ({ sessionId }) => sessionId);
    return this.keep(rescheduleSessions, [
      events.map(({ sessionId }) => sessionId),
      events.map(({ theoryOn }) => theoryOn),
      events.map(({ abilityOn }) => abilityOn),
    ]);
  }

  @On(SessionCancelled)
  cancel(heard: SessionCancelled[]) {
    const events = latestOf(heard, ({ sessionId }) => sessionId);
    return this.keep(cancelSessions, [
      events.map(({ sessionId }) => sessionId),
      events.map(({ cancelledOn }) => cancelledOn),
    ]);
  }

  @On(CandidatesQualified)
  qualify(heard: CandidatesQualified[]) {
    const candidates = latestOf(
      heard.flatMap(({ sessionId, candidates }) => candidates.map((one) => ({ ...one, sessionId }))),
      ({ applicationId }) => applicationId,
    );
    return this.db.transaction(async (tx) => {
      const persons = candidates.map(({ personId }) => personId);
      await sql(tx, keepCandidates, [
        candidates.map(({ applicationId }) => applicationId),
        candidates.map(({ sessionId }) => sessionId),
        persons,
      ]);
      await askForSignals(tx, this.clock.now(), rowsOfPersons, [persons]);
    });
  }

  /** Heard after the rows were taken: the batch is looked at for the first time, and others with the same persons again. */
  @On(ResultReportFiled)
  record(heard: ResultReportFiled[]) {
    const reported = heard.flatMap(({ rows }) => rows);
    const timed = latestOf(reported, ({ resultId }) => resultId).filter(({ recordedAt }) => recordedAt !== undefined);
    return this.db.transaction(async (tx) => {
      await sql(tx, keepRecordings, [timed.map(({ resultId }) => resultId), timed.map(({ recordedAt }) => recordedAt)]);
      const persons = reported.map(({ personId }) => personId);
      const sessions = heard.map(({ sessionId }) => sessionId);
      const concerned = `batch.session_id = any($3::uuid[]) or ${rowsOfPersons}`;
      await askForSignals(tx, this.clock.now(), concerned, [persons, sessions]);
    });
  }

  private keep(statement: string, values: [readonly string[], ...unknown[]]) {
    return this.db.transaction(async (tx) => {
      await sql(tx, statement, values);
      await askForSignals(tx, this.clock.now(), rowsOfSessions, [values[0]]);
    });
  }
}

const openSessions = `
  insert into known_session (session_id, organisation_id, city_code, theory_on, ability_on)
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[], $5::date[])
  on conflict (session_id) do update set theory_on = excluded.theory_on, ability_on = excluded.ability_on`;

const rescheduleSessions = `
  update known_session set theory_on = heard.theory_on, ability_on = heard.ability_on
  from unnest($1::uuid[], $2::date[], $3::date[]) as heard (session, theory_on, ability_on) where session_id = heard.session`;

const cancelSessions = `
  update known_session set cancelled_on = heard.day
  from unnest($1::uuid[], $2::date[]) as heard (session, day) where session_id = heard.session`;

const keepCandidates = `
  insert into known_candidate (application_id, session_id, person_id) select * from unnest($1::uuid[], $2::uuid[], $3::uuid[])
  on conflict (application_id) do update set session_id = excluded.session_id, person_id = excluded.person_id`;

const keepRecordings = `
  insert into known_recording (result_id, recorded_at) select * from unnest($1::uuid[], $2::timestamptz[])
  on conflict (result_id) do update set recorded_at = excluded.recorded_at`;
