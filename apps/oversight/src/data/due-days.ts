import { DueDayExtended } from '@shuzheng/contracts';
import { announce, Missing, row, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

/** A running clock, and the day it is due on by all that the office has set. */
export interface DueClock {
  readonly id: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly part: number | null;
  readonly approvedOn: string | null;
  readonly organisationId: string;
  readonly dueOn: string;
  /** What everybody counts for themselves. */
  readonly usualDueOn: string;
  readonly decidedOn: string;
}

/** Whoever judges by these days is told, where they are others than the usual or than what was told last. */
export async function tellDueDays(tx: EntityManager, clocks: readonly DueClock[]) {
  const told = await rows<{ id: string }>(tx, tell, [
    clocks.map(({ id }) => id),
    clocks.map(({ dueOn }) => dueOn),
    clocks.map(({ usualDueOn }) => usualDueOn),
  ]);
  const news = new Set(told.map(({ id }) => id));
  for (const { id, dueOn, part, approvedOn, usualDueOn: _, ...clock } of clocks)
    if (news.has(id)) {
      const approval = approvedOn === null ? {} : { approvedOn };
      announce(tx, DueDayExtended, { ...clock, part: part ?? 1, ...approval, effectiveDueOn: dueOn });
    }
}

const tell = `
  insert into told_due_day (clock_id, due_on)
  select id, due from unnest($1::uuid[], $2::date[], $3::date[]) as counted (id, due, usual)
  where due <> usual or exists (select from told_due_day where clock_id = id)
  on conflict (clock_id) do update set due_on = excluded.due_on where told_due_day.due_on <> excluded.due_on
  returning clock_id as id`;

/** The day the clock is due on now. */
export async function dueDayOf(tx: EntityManager, clockId: string): Promise<string> {
  const now = await row<{ due: string }>(tx, 'select effective_due as due from clock where id = $1', [clockId]);
  if (!now) throw new Missing();
  return now.due;
}
