import { latestOf, rows, sha256, sql } from '@shuzheng/platform';
import { type ClockCode, dueOf, statutoryClockOn } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';
import { clockMoves } from '../domain/clock-states.js';
import { calendarOf, shareCalendar } from './calendar.js';
import { recountSettled } from './recounting.js';

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
    starts.map(({ rule }) => rule.n),
  ]);
  await recountSettled(
    tx,
    starts.map((start) => idOf(kind, start)),
  );
}

/** Made of what the clock is for: rebuilt from the log, a clock keeps its address. */
export function idOf(
  kind: ClockCode,
  { subjectId, part, approvedOn }: Pick<Start, 'subjectId' | 'part' | 'approvedOn'>,
) {
  const hex = sha256(`clock|${kind}|${subjectId}|${part ?? ''}|${approvedOn ?? ''}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

// More rows approved on a day whose rows had all been issued: those wait, so its clock runs on.
const start = `
  insert into clock (kind, id, subject_id, part, approved_on, organisation_id, city_code, day0, rule, raw_due, effective_due, provisional,
    n, statutory_due)
  select $1, *, heard.effective_due
  from unnest($2::uuid[], $3::uuid[], $4::int[], $5::date[], $6::uuid[], $7::text[], $8::date[], $9::json[], $10::date[],
    $11::date[], $12::boolean[], $13::int[])
    as heard (id, subject_id, part, approved_on, organisation_id, city_code, day0, rule, raw_due, effective_due, provisional, n)
  on conflict (kind, subject_id, part, approved_on) do update set stopped_on = null where clock.kind = 'issue'`;

/** Stops clocks on the day on which the act was done. What has stopped stays stopped. */
export async function stopClocks(tx: EntityManager, kind: ClockCode, stops: readonly Stop[]) {
  if (stops.length === 0) return;
  await shareCalendar(tx);
  const stopped = await rows<{ id: string }>(tx, stop, [
    kind,
    stops.map(({ subjectId }) => subjectId),
    stops.map(({ part }) => part ?? null),
    stops.map(({ approvedOn }) => approvedOn ?? null),
    stops.map(({ on }) => on),
    clockMoves.stop.from,
  ]);
  await recountSettled(
    tx,
    stopped.map(({ id }) => id),
  );
}

const stop = `
  update clock set stopped_on = heard.stopped_on, paused_on = null
  from (
    select subject_id, part, approved_on, min(stopped_on) as stopped_on
    from unnest($2::uuid[], $3::int[], $4::date[], $5::date[]) as heard (subject_id, part, approved_on, stopped_on)
    group by subject_id, part, approved_on
  ) as heard
  where clock.kind = $1 and clock.subject_id = heard.subject_id and clock.part is not distinct from heard.part
    and clock.approved_on is not distinct from heard.approved_on and clock.state = any($6::text[])
  returning clock.id`;
