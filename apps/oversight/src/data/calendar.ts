import { CalendarYearPublished } from '@shuzheng/contracts';
import { announce, rows, sql } from '@shuzheng/platform';
import type { Calendar, CalendarYear } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';

/** The holiday table as it stands. */
export async function calendarOf(tx: EntityManager): Promise<Calendar> {
  const years = await rows<{ content: CalendarYear }>(tx, 'select content from calendar_year order by year');
  return { years: years.map(({ content }) => content) };
}

const key = `hashtext('oversight calendar')`;

/** Keeps the table from being amended before `tx` has ended. Whoever touches clocks asks for this first. */
export const shareCalendar = (tx: EntityManager) => sql(tx, `select pg_advisory_xact_lock_shared(${key})`);

/** Waits for whoever touches clocks, and keeps others waiting until `tx` has ended: no clock is counted by a table that is being replaced. */
export const lockCalendar = (tx: EntityManager) => sql(tx, `select pg_advisory_xact_lock(${key})`);

/** Writes a year and tells everybody. */
export async function publishYear(tx: EntityManager, content: CalendarYear, version: number, at: Date) {
  const { year, coversThrough, holidays, makeUpWorkdays, source, confidence } = content;
  await sql(
    tx,
    `insert into calendar_year (year, version, covers_through, content) values ($1, $2, $3, $4)
     on conflict (year) do update set version = excluded.version, covers_through = excluded.covers_through, content = excluded.content`,
    [year, version, coversThrough, JSON.stringify(content)],
  );
  await sql(tx, 'insert into calendar_version (year, version, content, published_at) values ($1, $2, $3, $4)', [
    ...[year, version, JSON.stringify(content), at],
  ]);
  announce(tx, CalendarYearPublished, {
    ...{ calendar: 'statutory', year, version, coversThrough, source, confidence },
    holidays: [...holidays],
    makeUpWorkdays: [...makeUpWorkdays],
  });
}
