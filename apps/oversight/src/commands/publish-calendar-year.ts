import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CalendarSource, confidences, Day, Int, Nested, OneOf, Texts } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, NotPermitted, refuseIf, requireVersion, row } from '@shuzheng/platform';
import type { CalendarYear, Confidence } from '@shuzheng/regulation';
import { lockCalendar, publishYear } from '../data/calendar.js';
import { recountAll } from '../data/recounting.js';
import { reasonsNotToPublish } from '../domain/publishing-calendar.js';

export class CalendarYearPublication {
  @Int(2000, 2200) readonly year!: number;
  @Int(1, 10000) readonly version!: number;
  @Int(0, 10_000_000, { description: '因此改变到期日或不再暂定的时限数' }) readonly recomputed!: number;
}

/** A year's arrangement as the notice gives it: the whole table, not what changed. */
export class CalendarTable {
  @Day({ description: '通知安排到哪一天，通常为 12 月 31 日' }) readonly coversThrough!: string;
  @Texts(200, { description: '放假日，含假期内的周末', example: ['2027-01-01'] }) readonly holidays!: string[];
  @Texts(100, { description: '调休上班日' }) readonly makeUpWorkdays!: string[];
  @Nested(() => CalendarSource) readonly source!: CalendarSource;
  @OneOf(confidences, { optional: true, description: '默认 T：已读通知原文' }) readonly confidence?: Confidence;
}

/** Load a year's holidays, or put them right. Clocks that run are counted again. */
export class PublishCalendarYear extends Command<CalendarYearPublication> {
  constructor(
    readonly year: number,
    readonly table: CalendarTable,
  ) {
    super();
  }
}

@CommandHandler(PublishCalendarYear)
export class PublishCalendarYearHandler implements ICommandHandler<PublishCalendarYear> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  execute({ year, table }: PublishCalendarYear) {
    // Whoever does not see every clock could not count them all again.
    if (!['province', 'system'].includes(actor().reach)) throw new NotPermitted('calendar:manage');
    return this.db.transaction(async (tx) => {
      await lockCalendar(tx);
      const standing = await row<{ version: number }>(tx, 'select version from calendar_year where year = $1', [year]);
      requireVersion(standing?.version ?? 0);
      refuseIf(reasonsNotToPublish({ year, sourceTitle: table.source.title, ...table }));

      const version = (standing?.version ?? 0) + 1;
      await publishYear(tx, contentOf(year, table), version, this.clock.now());
      const recomputed = await recountAll(tx, this.clock.today());
      await this.audit.note({ subject: `calendar:${year}`, detail: { version, recomputed } });
      return { year, version, recomputed };
    });
  }
}

const contentOf = (
  year: number,
  { coversThrough, source, confidence = 'T', ...days }: CalendarTable,
): CalendarYear => ({
  ...{ year, coversThrough, source, confidence },
  holidays: [...days.holidays].sort(),
  makeUpWorkdays: [...days.makeUpWorkdays].sort(),
});
