import { Injectable } from '@nestjs/common';
import { CalendarYearPublished, DueDayExtended } from '@shuzheng/contracts';
import { Calendars, Clock, Database, latestOf, On, rows, sql } from '@shuzheng/platform';
import type { Calendar, CalendarYear } from '@shuzheng/regulation';
import { judgeReport } from '../domain/reporting.js';

/** Keeps the due day of each class's training report: another holiday table, or a day that the office has given. */
@Injectable()
export class WhenDueDayExtended {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendars: Calendars,
  ) {}

  @On(DueDayExtended)
  async extend(heard: DueDayExtended[]) {
    const events = latestOf(
      heard.filter(({ kind }) => kind === 'training-report'),
      ({ subjectId }) => subjectId,
    );
    if (events.length === 0) return;
    await this.db.transaction((tx) =>
      sql(tx, extendDays, [
        events.map(({ subjectId }) => subjectId),
        events.map(({ effectiveDueOn }) => effectiveDueOn),
        this.clock.now(),
      ]),
    );
  }

  /** Classes that wait for their report are judged anew; what was filed keeps the day it was judged by. */
  @On(CalendarYearPublished)
  async recompute(events: CalendarYearPublished[]) {
    await this.db.transaction(async (tx) => {
      const calendar = withYears(await this.calendars.load(tx), events);
      const classes = await rows<{ id: string; completedOn: string }>(
        tx,
        `select id, completed_on as "completedOn" from training_class where state = 'completed' order by id for update`,
      );
      const due = classes.map(({ id, completedOn }) => ({ id, ...judgeReport(calendar, completedOn, completedOn) }));
      await sql(
        tx,
        `update training_class set due_on = judged.due_on, effective_due_on = judged.effective
         from unnest($1::uuid[], $2::date[], $3::date[]) as judged (class, due_on, effective) where id = judged.class`,
        [due.map(({ id }) => id), due.map(({ dueOn }) => dueOn), due.map(({ effectiveDueOn }) => effectiveDueOn)],
      );
    });
  }
}

/** The copy may hear of the year only after this does. */
function withYears(known: Calendar, heard: readonly CalendarYearPublished[]): Calendar {
  const news = latestOf([...heard], ({ year }) => year) as readonly CalendarYear[];
  const newer = new Set(news.map(({ year }) => year));
  return { years: [...known.years.filter(({ year }) => !newer.has(year)), ...news] };
}

const extendDays = `
  with extended as (
    update training_class set extended_due_on = heard.due_on
    from unnest($1::uuid[], $2::date[]) as heard (class, due_on) where id = heard.class
    returning id, organisation_id, city_code, heard.due_on
  )
  insert into class_moment (id, class_id, organisation_id, city_code, kind, role, detail, at)
  select gen_random_uuid(), id, organisation_id, city_code, 'due-day-extended', 'department', json_build_object('dueOn', due_on), $3
  from extended
  where not exists (
    select from class_moment
    where class_id = extended.id and kind = 'due-day-extended' and detail ->> 'dueOn' = extended.due_on::text
  )`;
