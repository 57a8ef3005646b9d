import { rows, sql } from '@shuzheng/platform';
import { type Calendar, dueOf, type StatutoryClock } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';
import { type CountedDue, daysLeftOver, dueUnderSettings, type OfficeSetting } from '../domain/counting.js';
import { calendarOf } from './calendar.js';
import { type DueClock, tellDueDays } from './due-days.js';
import { modeOn, partModes, type PartMode } from './part-modes.js';

interface Kept extends Pick<DueClock, 'id' | 'kind' | 'subjectId' | 'part' | 'approvedOn' | 'organisationId'> {
  readonly day0: string;
  readonly n: number;
  readonly rule: StatutoryClock;
  readonly stoppedOn: string | null;
  readonly returnedOn: string | null;
  readonly effective: string;
  readonly provisional: boolean;
  readonly settings: readonly OfficeSetting[];
}

type Recounted = CountedDue & { readonly id: string; readonly n: number; readonly partSetting: PartMode };

/** Counts again those of these clocks that the office has set something for: today, or before they began. */
export async function recountSettled(tx: EntityManager, ids: readonly string[], today?: string): Promise<number> {
  if (ids.length === 0) return 0;
  const settled = `(clock.part > 1 or exists (select from clock_setting as setting where setting.clock_id = clock.id))`;
  return recount(tx, `clock.id = any($1::uuid[]) and ${settled}`, [ids], today);
}

/**
 * Counts again what the table as it stands now may change: clocks that have not stopped, and those whose date was
 * provisional when they stopped. Returns how many have moved or are certain now.
 */
export const recountAll = (tx: EntityManager, today: string) =>
  recount(tx, 'clock.stopped_on is null or clock.provisional', [], today);

/** Counts again every part that came back: how they run has been set anew. */
export const recountReturned = (tx: EntityManager, today: string) => recount(tx, 'clock.part > 1', [], today);

async function recount(tx: EntityManager, which: string, values: readonly unknown[], today?: string): Promise<number> {
  const clocks = await rows<Kept>(
    tx,
    `${kept} where ${which} order by clock.part nulls first, clock.id for update of clock`,
    values,
  );
  if (clocks.length === 0) return 0;
  const calendar = await calendarOf(tx);
  const earlier = new Map((await partsBefore(tx, clocks)).map((part) => [keyOf(part.subjectId, part.part ?? 1), part]));
  const modes = await partModes(tx);
  const counted = clocks.map((clock) => {
    const before = earlier.get(keyOf(clock.subjectId, (clock.part ?? 1) - 1));
    const partSetting = clock.part !== null && clock.part > 1 ? modeOn(modes, clock.day0) : null;
    const n = partSetting === 'resume' && before ? leftOver(before, calendar) : clock.rule.n;
    if (clock.part !== null) earlier.set(keyOf(clock.subjectId, clock.part), { ...clock, n });
    return { clock, due: { id: clock.id, n, partSetting, ...dueUnderSettings({ ...clock, n }, calendar) } };
  });
  await write(
    tx,
    counted.map(({ due }) => due),
  );
  await tellDueDays(
    tx,
    counted.filter(isTold).map(({ clock, due }) => ({
      ...{ id: clock.id, kind: clock.kind, subjectId: clock.subjectId, part: clock.part, approvedOn: clock.approvedOn },
      ...{ organisationId: clock.organisationId, dueOn: due.effective, decidedOn: today ?? clock.day0 },
      usualDueOn: dueOf(clock.rule, calendar, clock.day0).effective,
    })),
  );
  return counted.filter(({ clock, due }) => clock.effective !== due.effective || clock.provisional !== due.provisional)
    .length;
}

/** The others are counted alike wherever they are shown, or are not waited for any more. */
const isTold = ({ clock }: { clock: Kept }) =>
  clock.stoppedOn === null && (clock.settings.length > 0 || (clock.part ?? 1) > 1);

const keyOf = (subjectId: string, part: number) => `${subjectId}|${part}`;
const leftOver = ({ day0, n, returnedOn, stoppedOn, settings }: Kept, calendar: Calendar) =>
  daysLeftOver({ day0, n, until: returnedOn ?? stoppedOn, settings }, calendar);

async function partsBefore(tx: EntityManager, clocks: readonly Kept[]): Promise<Kept[]> {
  const returned = clocks.filter(({ part }) => part !== null && part > 1);
  if (returned.length === 0) return [];
  return rows<Kept>(
    tx,
    `${kept} where clock.kind = 'confirmation' and (clock.subject_id, clock.part) in
       (select * from unnest($1::uuid[], $2::int[]))`,
    [returned.map(({ subjectId }) => subjectId), returned.map(({ part }) => (part ?? 1) - 1)],
  );
}

// Settings count from the day they took effect: a pause when it ended, an extension when it was approved.
const kept = `
  select clock.id, clock.kind, clock.subject_id as "subjectId", clock.part, clock.approved_on as "approvedOn",
    clock.organisation_id as "organisationId", clock.day0, clock.n, clock.rule, clock.stopped_on as "stoppedOn",
    clock.returned_on as "returnedOn", clock.effective_due as effective, clock.provisional,
    coalesce((
      select json_agg(
        case setting.kind
          when 'pause' then json_build_object('kind', 'pause', 'from', setting.pause_from, 'to', setting.resumed_on, 'addsDays', setting.adds_days)
          else json_build_object('kind', 'extension', 'to', setting.new_due)
        end order by coalesce(setting.resumed_at, setting.decided_at))
      from clock_setting as setting where setting.clock_id = clock.id and setting.state = 'approved'
    ), '[]') as settings
  from clock`;

const write = (tx: EntityManager, counted: readonly Recounted[]) =>
  sql(
    tx,
    `update clock set raw_due = counted.raw_due, statutory_due = counted.statutory_due, effective_due = counted.effective_due,
       provisional = counted.provisional, paused_on = counted.paused_on, n = counted.n, part_setting = counted.part_setting
     from unnest($1::uuid[], $2::date[], $3::date[], $4::date[], $5::boolean[], $6::date[], $7::int[], $8::text[])
       as counted (id, raw_due, statutory_due, effective_due, provisional, paused_on, n, part_setting)
     where clock.id = counted.id`,
    [
      counted.map(({ id }) => id),
      counted.map(({ raw }) => raw),
      counted.map(({ statutory }) => statutory),
      counted.map(({ effective }) => effective),
      counted.map(({ provisional }) => provisional),
      counted.map(({ pausedOn }) => pausedOn),
      counted.map(({ n }) => n),
      counted.map(({ partSetting }) => partSetting),
    ],
  );
