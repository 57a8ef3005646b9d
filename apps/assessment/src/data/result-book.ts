import { Injectable } from '@nestjs/common';
import { actor, Clock, Directory, refuseIf, row, rows, RuleRecords, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { Marks, PassMarks, Standing } from '../domain/marking.js';
import { type CandidateFacts, isOpen, reasonsNotToRecord } from '../domain/recording.js';
import { lastPaperOn } from '../domain/subject.js';
import { leftBy } from './leavers.js';
import { settingOn } from './settings.js';
import { coverOn, lockOwnSession, moveSession, type Session } from './sessions.js';

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
  /** By application: the papers that need not be sat again. */
  readonly standing: ReadonlyMap<string, Standing>;
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
    const candidates = await rows<Candidate>(tx, candidatesWithNumbers, [sessionId]);
    refuseIf(
      reasonsNotToRecord({
        session,
        today: this.clock.today(),
        passMarksKnown: passMarks !== undefined,
        coverFaults: cover.faults,
        openCandidates: candidates.filter(isOpen).length,
      }),
    );
    return {
      session,
      passMarks: passMarks ?? { theory: 0, ability: 0, maximum: 0 },
      ruleId: record?.ruleId ?? '',
      standing: await this.standing(tx, session, passMarks),
      candidates: new Map(candidates.map((candidate) => [candidate.admissionNumber, candidate])),
    };
  }

  /** 省厅设定: does a passed paper stand for a resit? While nobody has set it, the whole exam is sat again. */
  private async standing(tx: EntityManager, session: Session, passMarks: PassMarks | undefined) {
    const day = lastPaperOn(session);
    const setting = await settingOn<{ stands: boolean }>(this.rules, tx, 'resit-part-stands', day);
    if (!setting?.stands || !passMarks) return new Map<string, Standing>();
    const found = await rows<{ applicationId: string; theory: number | null; ability: number | null }>(
      tx,
      passedBefore,
      [session.id, passMarks.theory, passMarks.ability],
    );
    return new Map(
      found.map(({ applicationId, theory, ability }): [string, Standing] => [
        applicationId,
        { ...(theory === null ? {} : { theory }), ...(ability === null ? {} : { ability }) },
      ]),
    );
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
      entries.map(({ marks }) => marks.stands.join(',')),
    ]);
    const ids = written.map(({ resultId }) => resultId);
    await sql(tx, keepVersion, [ids, fileSha256 ?? null]);
    if (session.state !== 'reported') await moveSession(tx, session, await standingOf(tx, session.id));
    return new Map(written.map(({ applicationId, resultId }) => [applicationId, resultId]));
  }
}

const candidatesWithNumbers = `
  select a.id as "applicationId", a.admission_number as "admissionNumber", a.state, a.name_index as "nameIndex",
    coalesce(${leftBy}, case when a.end_reason in ('enrolment-withdrawn', 'training-certificate-revoked') then a.end_reason end) as left,
    coalesce(taught.started_on, taught.starts_on, c.completed_on) as "beganOn", r.state as standing
  from application as a
  left join known_completion as c using (class_id, person_id)
  left join known_class as taught using (class_id)
  left join result as r on r.application_id = a.id and r.state <> 'void'
  where a.session_id = $1 and a.admission_number is not null`;

const upsert = `
  insert into result (id, application_id, session_id, organisation_id, city_code, person_id, version, theory, ability, absent,
    violation, outcome, rule_id, recorded_by, recorded_at, state, stands)
  select gen_random_uuid(), a.id, a.session_id, a.organisation_id, a.city_code, a.person_id, 1, entry.theory, entry.ability,
    entry.absent, entry.violation, entry.outcome, $8, $9, $10, 'recorded',
    string_to_array(entry.stands, ',')
  from unnest($2::uuid[], $3::numeric[], $4::numeric[], $5::boolean[], $6::boolean[], $7::text[], $11::text[])
    as entry (application_id, theory, ability, absent, violation, outcome, stands)
  join application as a on a.id = entry.application_id and a.session_id = $1
  on conflict (application_id) where state <> 'void' do update set version = result.version + 1, theory = excluded.theory,
    ability = excluded.ability, absent = excluded.absent, violation = excluded.violation, outcome = excluded.outcome,
    rule_id = excluded.rule_id, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at,
    stands = excluded.stands, rechecked_by = null, rechecked_at = null
  where result.state = 'recorded'
  returning application_id as "applicationId", id as "resultId"`;

const keepVersion = `
  insert into result_version (result_id, version, organisation_id, city_code, theory, ability, absent, violation, outcome, rule_id,
    recorded_by, recorded_at, file_sha256, stands)
  select id, version, organisation_id, city_code, theory, ability, absent, violation, outcome, rule_id, recorded_by, recorded_at, $2,
    stands
  from result where id = any($1::uuid[])`;

/** The best passed mark of each paper in earlier sessions of the same subject at this institution. */
const passedBefore = `
  select a.id as "applicationId", max(r.theory) filter (where r.theory >= $2) as theory,
    max(r.ability) filter (where r.ability >= $3) as ability
  from session as s
  join application as a on a.session_id = s.id
  join session as earlier on (earlier.organisation_id, earlier.occupation_code, earlier.edition, earlier.level, earlier.direction)
    = (s.organisation_id, s.occupation_code, s.edition, s.level, s.direction)
  join result as r on r.session_id = earlier.id and r.person_id = a.person_id and r.state = 'released'
  where s.id = $1 and earlier.id <> s.id and r.outcome = 'failed' and not r.absent
    and greatest(earlier.theory_on, earlier.ability_on) < least(s.theory_on, s.ability_on)
  group by a.id`;

/** Marked: nobody who may have sat is without a result. A later result opens a released session for another release. */
async function standingOf(tx: EntityManager, sessionId: string) {
  const found = await row(
    tx,
    `select 1 from application as a where a.session_id = $1 and a.state = 'qualified'
       and not exists (select from result as r where r.application_id = a.id) limit 1`,
    [sessionId],
  );
  return found ? 'sat' : 'marked';
}
