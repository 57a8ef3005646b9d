import { type CoverAsk, Directory, row, rows, RuleRecords } from '@shuzheng/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { undecidedStates } from '../domain/row-states.js';
import type { BatchFacts, RowFacts } from '../domain/signals/facts.js';

/** Where a row is under way: decided by nobody, or on its way to a certificate. */
const unfinished = [...undecidedStates, 'confirmed', 'sent', 'approved', 'allocated'];

interface Head {
  readonly organisationId: string;
  readonly occupationCode: string;
  readonly edition: string;
  readonly level: string;
  readonly direction: string;
  readonly lastPaperOn: string;
  readonly examDays: string[];
  readonly sat: number;
  readonly passed: number;
}

/** Gathers what signals are judged by: the same number of statements for one row and for five thousand. */
@Injectable()
export class SignalFactsOf {
  constructor(
    private readonly directory: Directory,
    private readonly rules: RuleRecords,
  ) {}

  async load(tx: EntityManager, batchId: string, today: string): Promise<BatchFacts | undefined> {
    const head = await row<Head>(tx, findHead, [batchId]);
    if (!head) return undefined;
    const { organisationId, occupationCode, level, direction, examDays, lastPaperOn, sat, passed } = head;
    const found = await rows<Omit<RowFacts, 'elsewhere'>>(tx, findRows, [
      batchId,
      undecidedStates,
      occupationCode,
      level,
      unfinished,
    ]);
    const elsewhere = await this.elsewhere(tx, batchId, examDays);
    const ask = { role: 'evaluation', occupationCode, level, direction } as const;
    return {
      ...{ today, examDays, lastPaperOn, sat, passed },
      history: await this.history(tx, batchId),
      cover: await this.cover(tx, organisationId, ask, examDays),
      missingToday: (await this.cover(tx, organisationId, ask, [today]))[0]?.missing ?? null,
      standardHours: await this.standardHours(tx, head),
      attachedOfficers: await this.attached(tx, batchId, today),
      rows: found.map((one) => ({ ...one, elsewhere: elsewhere.get(one.id) ?? [] })),
    };
  }

  private async elsewhere(tx: EntityManager, batchId: string, days: readonly string[]) {
    const found = await rows<{ id: string; days: string[]; kinds: ('session' | 'lesson')[] }>(tx, findElsewhere, [
      batchId,
      days,
    ]);
    return new Map(
      found.map(({ id, days, kinds }) => [id, days.map((day, i) => ({ day, kind: kinds[i] ?? ('session' as const) }))]),
    );
  }

  private async history(tx: EntityManager, batchId: string) {
    const found = await row<{ sessions: number; sat: number; passed: number }>(tx, sumHistory, [batchId]);
    return found ?? { sessions: 0, sat: 0, passed: 0 };
  }

  /** At most two exam days, and today. */
  private async cover(
    tx: EntityManager,
    organisationId: string,
    ask: Omit<CoverAsk, 'day'>,
    days: readonly string[],
  ): Promise<BatchFacts['cover']> {
    const covered: { day: string; missing: string | null }[] = [];
    for (const day of days) {
      const cover = await this.directory.cover(tx, organisationId, { ...ask, day });
      covered.push({ day, missing: 'missing' in cover ? cover.missing : null });
    }
    return covered;
  }

  private async standardHours(tx: EntityManager, { occupationCode: scope, edition, level, lastPaperOn: day }: Head) {
    const record = await this.rules.find<{ total?: unknown }>(tx, { rule: 'hours', scope, edition, level, day });
    const total = record?.value?.total;
    return typeof total === 'number' ? total : null;
  }

  private async attached(tx: EntityManager, batchId: string, today: string) {
    const found = await row<{ count: number }>(tx, countAttached, [batchId, today]);
    return found?.count ?? 0;
  }
}

const findHead = `
  select batch.organisation_id as "organisationId", occupation_code as "occupationCode", edition, level, direction,
    exam_on as "lastPaperOn",
    case when session.session_id is null then array[exam_on]
      when theory_on = ability_on then array[theory_on]
      else array[least(theory_on, ability_on), greatest(theory_on, ability_on)] end::text[] as "examDays",
    first.sat, first.passed
  from batch join batch_part as first on first.batch_id = batch.id and first.part = (
    select min(part) from batch_part where batch_id = batch.id)
  left join known_session as session on session.session_id = batch.session_id
  where batch.id = $1`;

/** Every row with every id its person goes by. */
const people = `people as (
    select row.id, row.class_id, row.result_id, row.theory, row.ability, row.state, row.number,
      coalesce(alias.person_id, row.person_id) as person
    from batch_row as row left join person_alias as alias on alias.merged_person_id = row.person_id
    where row.batch_id = $1
  ), names as (
    select id, class_id, person as person_id from people
    union select people.id, class_id, merged_person_id from people join person_alias on person_alias.person_id = people.person
  )`;

const findRows = `
  with ${people}, phones as (
    select id, max(persons)::int as persons from (
      select names.id, count(distinct coalesce(alias.person_id, theirs.person_id)) as persons
      from names join known_phone as mine using (person_id)
      join known_phone as theirs on theirs.phone_index = mine.phone_index
      left join person_alias as alias on alias.merged_person_id = theirs.person_id
      group by names.id, mine.phone_index
    ) as shared group by id
  ), studied as (
    select names.id, max(hours) as hours, max(revoked_on) as revoked_on from names join known_hours using (class_id, person_id) group by names.id
  ), others as (
    select names.id, array_agg(distinct batch.level) as levels
    from names join batch_row as other using (person_id) join batch on batch.id = other.batch_id
    where other.batch_id <> $1 and batch.occupation_code = $3 and batch.level <> $4 and other.state = any($5::text[])
    group by names.id
  )
  select people.id, people.state = any($2::text[]) as open, theory, ability,
    (recorded_at at time zone 'Asia/Shanghai')::date as "recordedOn",
    case when class.class_id is not null then json_build_object('startsOn', starts_on, 'completedOn', completed_on) end as training,
    studied.hours, studied.revoked_on as "trainingRevokedOn", coalesce(phones.persons, 0) as "sharingPhone", coalesce(others.levels, '{}') as "otherLevels"
  from people
  left join known_class as class using (class_id)
  left join known_recording using (result_id)
  left join studied using (id)
  left join phones using (id)
  left join others using (id)
  order by number`;

// A lesson of the own class in the same city may well be on the day of the exam.
const findElsewhere = `
  with ${people}, found as (
    select names.id, days.day, 'session' as kind
    from names join known_candidate using (person_id) join known_session as session using (session_id)
    join unnest($2::date[]) as days (day) on days.day in (session.theory_on, session.ability_on)
    where session.cancelled_on is null and session.session_id <> (select session_id from batch where batch.id = $1)
    union
    select names.id, days.day, 'lesson'
    from names join known_attendance as lesson using (person_id)
    join unnest($2::date[]) as days (day) on days.day = lesson.on_day
    where lesson.class_id <> names.class_id or lesson.city_code <> (select city_code from batch where batch.id = $1)
  )
  select id, array_agg(day::text order by day, kind) as days, array_agg(kind order by day, kind) as kinds from found group by id`;

const sumHistory = `
  select count(*)::int as sessions, coalesce(sum(part.sat), 0)::int as sat, coalesce(sum(part.passed), 0)::int as passed
  from batch join batch as before on before.organisation_id = batch.organisation_id
    and before.occupation_code = batch.occupation_code and before.level = batch.level and before.exam_on < batch.exam_on
  join batch_part as part on part.batch_id = before.id and part.part = 1
  where batch.id = $1`;

const countAttached = `
  select count(distinct account_id)::int as count from known_attachment
  where "from" <= $2 and ("to" is null or $2 <= "to") and organisation_id in (
    select organisation_id from batch where id = $1
    union select known_class.organisation_id from batch_row join known_class using (class_id) where batch_id = $1)`;
