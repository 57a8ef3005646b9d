import { Injectable } from '@nestjs/common';
import { actor, Clock, Directory, refuseIf, rows, RuleRecords, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { Marks, PassMarks } from '../domain/marking.js';
import { type CandidateFacts, reasonsNotToRecord } from '../domain/recording.js';
import { lastPaperOn } from '../domain/subject.js';
import { coverOn, lockOwnSession, type Session } from './sessions.js';

export interface Candidate extends CandidateFacts {
  readonly applicationId: string;
  readonly admissionNumber: string;
}

/** A session whose results may be recorded: by which marks, and for whom. */
export interface OpenBook {
  readonly session: Session;
  readonly passMarks: PassMarks;
  readonly ruleId: string;
  readonly candidates: ReadonlyMap<string, Candidate>;
}

export interface Entry {
  readonly applicationId: string;
  readonly marks: Marks;
}

/** Where results are written down, whichever way they came in. */
@Injectable()
export class ResultBook {
  constructor(
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly rules: RuleRecords,
  ) {}

  /** Locks the session, so that two recorders queue, and stops where nothing may be recorded. */
  async open(tx: EntityManager, sessionId: string): Promise<OpenBook> {
    const session = await lockOwnSession(tx, sessionId);
    const { organisationId, occupationCode: scope, edition, level, theoryOn, abilityOn } = session;
    const ask = { rule: 'pass-marks', scope, edition, level, day: lastPaperOn(session) };
    const record = await this.rules.find<PassMarks>(tx, ask);
    const cover = await coverOn(tx, this.directory, { organisationId, subject: session, days: [theoryOn, abilityOn] });
    const passMarks = record?.value ?? undefined;
    refuseIf(
      reasonsNotToRecord({
        session,
        today: this.clock.today(),
        passMarksKnown: passMarks !== undefined,
        coverFaults: cover.faults,
      }),
    );
    const candidates = await rows<Candidate>(tx, candidatesWithNumbers, [sessionId]);
    return {
      session,
      passMarks: passMarks ?? { theory: 0, ability: 0, maximum: 0 },
      ruleId: record?.ruleId ?? '',
      candidates: new Map(candidates.map((candidate) => [candidate.admissionNumber, candidate])),
    };
  }

  /** What is recorded anew replaces what was recorded before it was released; every version is kept. */
  async write(tx: EntityManager, { session, ruleId }: OpenBook, entries: readonly Entry[], fileSha256?: string) {
    const written = await rows<{ applicationId: string; resultId: string }>(tx, upsert, [
      session.id,
      entries.map(({ applicationId }) => applicationId),
      entries.map(({ marks }) => marks.theory),
      entries.map(({ marks }) => marks.ability),
      entries.map(({ marks }) => marks.absent),
      entries.map(({ marks }) => marks.violation),
      entries.map(({ marks }) => marks.outcome),
      ruleId,
      actor().accountId,
      this.clock.now(),
    ]);
    const ids = written.map(({ resultId }) => resultId);
    await sql(tx, keepVersion, [ids, fileSha256 ?? null]);
    await sql(tx, standing, [session.id]);
    return new Map(written.map(({ applicationId, resultId }) => [applicationId, resultId]));
  }
}

const candidatesWithNumbers = `
  select a.id as "applicationId", a.admission_number as "admissionNumber", a.state, a.name_index as "nameIndex",
    c.completed_on as "completedOn", r.state as standing
  from application as a
  left join known_completion as c using (class_id, person_id)
  left join result as r on r.application_id = a.id and r.state <> 'void'
  where a.session_id = $1 and a.admission_number is not null`;

const upsert = `
  insert into result (id, application_id, session_id, organisation_id, city_code, person_id, version, theory, ability, absent,
    violation, outcome, rule_id, recorded_by, recorded_at, state)
  select gen_random_uuid(), a.id, a.session_id, a.organisation_id, a.city_code, a.person_id, 1, entry.theory, entry.ability,
    entry.absent, entry.violation, entry.outcome, $8, $9, $10, 'recorded'
  from unnest($2::uuid[], $3::numeric[], $4::numeric[], $5::boolean[], $6::boolean[], $7::text[])
    as entry (application_id, theory, ability, absent, violation, outcome)
  join application as a on a.id = entry.application_id and a.session_id = $1
  on conflict (application_id) where state <> 'void' do update set version = result.version + 1, theory = excluded.theory,
    ability = excluded.ability, absent = excluded.absent, violation = excluded.violation, outcome = excluded.outcome,
    rule_id = excluded.rule_id, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at
  where result.state = 'recorded'
  returning application_id as "applicationId", id as "resultId"`;

const keepVersion = `
  insert into result_version (result_id, version, organisation_id, city_code, theory, ability, absent, violation, outcome, rule_id,
    recorded_by, recorded_at, file_sha256)
  select id, version, organisation_id, city_code, theory, ability, absent, violation, outcome, rule_id, recorded_by, recorded_at, $2
  from result where id = any($1::uuid[])`;

/** Marked: nobody who may have sat is without a result. A later result opens a released session for another release. */
const standing = `
  update session set state = case when exists (
      select from application as a where a.session_id = $1 and a.state = 'qualified'
        and not exists (select from result as r where r.application_id = a.id))
    then 'sat' else 'marked' end
  where id = $1`;
