import { latestOf, rows, sha256, sql } from '@shuzheng/platform';
import { type ClockCode, dueOf, type StatutoryClock, statutoryClockOn } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';
import { calendarOf, shareCalendar } from './calendar.js';

/** What a clock is about: a class, a session, a part of a batch, or an approval of a batch. */
export interface Subject {
  readonly subjectId: string;
  readonly part?: number;
  readonly approvedOn?: string;
}

export interface Start extends Subject {
  readonly organisationId: string;
  readonly cityCode: string;
  readonly day0: string;
}

export interface Stop extends Subject {
  readonly on: string;
}

const keyOf = ({ subjectId, part, approvedOn }: Subject) => `${subjectId}|${part ?? ''}|${approvedOn ?? ''}`;

/** Starts clocks by the rule in force on their day 0. A clock that runs already keeps running as it is. */
export async function startClocks(tx: EntityManager, kind: ClockCode, heard: readonly Start[]) {
  await shareCalendar(tx);
  const calendar = await calendarOf(tx);
  const starts = latestOf(heard, keyOf).flatMap((start) => {
    const rule = statutoryClockOn(kind, start.day0);
    return rule ? [{ ...start, rule, due: dueOf(rule, calendar, start.day0) }] : [];
  });
  await sql(tx, start, [
    kind,
    starts.map((start) => idOf(kind, start)),
    starts.map(({ subjectId }) => subjectId),
    starts.map(({ part }) => part ?? null),
    starts.map(({ approvedOn }) => approvedOn ?? null),
    starts.map(({ organisationId }) => organisationId),
    starts.map(({ cityCode }) => cityCode),
    starts.map(({ day0 }) => day0),
    starts.map(({ rule }) => JSON.stringify(rule)),
    starts.map(({ due }) => due.raw),
    starts.map(({ due }) => due.effective),
    starts.map(({ due }) => due.provisional),
  ]);
}

/** Made of what the clock is for: rebuilt from the log, a clock keeps its address. */
function idOf(kind: ClockCode, { subjectId, part, approvedOn }: Pick<Start, 'subjectId' | 'part' | 'approvedOn'>) {
  const hex = sha256(`clock|${kind}|${subjectId}|${part ?? ''}|${approvedOn ?? ''}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

// More rows approved on a day whose rows had all been issued: those wait, so its clock runs on.
const start = `
  insert into clock (kind, id, subject_id, part, approved_on, organisation_id, city_code, day0, rule, raw_due, effective_due, provisional)
  select $1, * from unnest($2::uuid[], $3::uuid[], $4::int[], $5::date[], $6::uuid[], $7::text[], $8::date[], $9::json[], $10::date[],
    $11::date[], $12::boolean[])
  on conflict (kind, subject_id, part, approved_on) do update set stopped_on = null where clock.kind = 'issue'`;

/** Stops clocks on the day on which the act was done. What has stopped stays stopped. */
export async function stopClocks(tx: EntityManager, kind: ClockCode, stops: readonly Stop[]) {
  await shareCalendar(tx);
  await sql(tx, stop, [
    kind,
    stops.map(({ subjectId }) => subjectId),
    stops.map(({ part }) => part ?? null),
    stops.map(({ approvedOn }) => approvedOn ?? null),
    stops.map(({ on }) => on),
  ]);
}

const stop = `
  update clock set stopped_on = heard.stopped_on
  from (
    select subject_id, part, approved_on, min(stopped_on) as stopped_on
    from unnest($2::uuid[], $3::int[], $4::date[], $5::date[]) as heard (subject_id, part, approved_on, stopped_on)
    group by subject_id, part, approved_on
  ) as heard
  where clock.kind = $1 and clock.subject_id = heard.subject_id and clock.part is not distinct from heard.part
    and clock.approved_on is not distinct from heard.approved_on and clock.stopped_on is null`;

interface Waiting {
  readonly id: string;
  readonly day0: string;
  readonly rule: StatutoryClock;
  readonly raw: string;
  readonly effective: string;
  readonly provisional: boolean;
}

/**
 * Counts again what the table as it stands now may change: clocks that run, and those whose date was provisional when
 * they stopped. Returns how many have moved or are certain now.
 */
export async function recompute(tx: EntityManager): Promise<number> {
  const calendar = await calendarOf(tx);
  const waiting = await rows<Waiting>(
    tx,
    `select id, day0, rule, raw_due as raw, effective_due as effective, provisional from clock
     where stopped_on is null or provisional order by id for update`,
  );
  const changed = waiting
    .map((clock) => ({ clock, due: dueOf(clock.rule, calendar, clock.day0) }))
    .filter(({ clock, due }) => clock.effective !== due.effective || clock.provisional !== due.provisional);
  await sql(tx, move, [
    changed.map(({ clock }) => clock.id),
    changed.map(({ due }) => due.raw),
    changed.map(({ due }) => due.effective),
    changed.map(({ due }) => due.provisional),
  ]);
  return changed.length;
}

const move = `
  update clock set raw_due = moved.raw_due, effective_due = moved.effective_due, provisional = moved.provisional
  from unnest($1::uuid[], $2::date[], $3::date[], $4::boolean[]) as moved (id, raw_due, effective_due, provisional)
  where clock.id = moved.id`;
