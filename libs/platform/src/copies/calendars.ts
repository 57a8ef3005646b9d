import { Injectable } from '@nestjs/common';
import { CalendarYearPublished } from '@shuzheng/contracts';
import type { Calendar, CalendarYear } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';
import { Database, rows, sql } from '../database.js';
import { On } from '../messaging/reactions.js';
import { type Copy, latestOf } from './copy.js';

/** The holiday table, as oversight announced it. */
@Injectable()
export class Calendars {
  constructor(private readonly db: Database) {}

  @On(CalendarYearPublished)
  async remember(events: CalendarYearPublished[]) {
    const latest = latestOf(events, (event) => event.year);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into known_calendar_year (year, version, content)
         select * from unnest($1::int[], $2::int[], $3::json[])
         on conflict (year) do update set version = excluded.version, content = excluded.content
         where known_calendar_year.version < excluded.version`,
        [
          latest.map(({ year }) => year),
          latest.map(({ version }) => version),
          latest.map((event) => JSON.stringify(event)),
        ],
      ),
    );
  }

  /** The calendar as it is known here now. */
  async load(tx: EntityManager): Promise<Calendar> {
    const known = await rows<{ content: CalendarYear }>(tx, 'select content from known_calendar_year order by year');
    return { years: known.map(({ content }) => content) };
  }
}

export const calendars: Copy = {
  name: 'calendars',
  tables: ['known_calendar_year'],
  keeper: Calendars,
  schema: `
    create table known_calendar_year (
      year    int  primary key,
      version int  not null,
      content json not null
    );
    comment on table known_calendar_year is 'public | copy of the oversight service';`,
};
