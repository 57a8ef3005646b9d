import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Flag, List, Text, Uuid } from '@shuzheng/contracts';
import { Clock, Database, Missing, row, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { calendarOf } from '../data/calendar.js';
import { selected, settingColumns } from '../data/clock-settings.js';
import { clockColumns, type ClockRow, clockSource, ClockView, viewOf } from '../data/clock-view.js';
import { eventOf, settingOf, startOf, stopOf, type StorySetting, type Told } from '../domain/clock-story.js';

/** One event of a clock's story. */
export class ClockStoryEvent {
  @Day() readonly on!: string;
  @Code() readonly what!: string;
  @Text(1, 1500) readonly words!: string;
  @Text(0, 40, { description: '由谁' }) readonly by!: string;
  @Uuid({ nullable: true, description: '经办人账号' }) readonly accountId!: string | null;
  @Text(1, 200, { nullable: true, description: '依据文件' }) readonly document!: string | null;
  @Flag({ description: '省厅设定，非法定' }) readonly office!: boolean;
}

export class ClockWithStory extends ClockView {
  @List(() => ClockStoryEvent, 1, 10_000) readonly story!: readonly ClockStoryEvent[];
}

export class FindClock extends Query<ClockWithStory> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(FindClock)
export class FindClockHandler implements IQueryHandler<FindClock> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  execute({ id }: FindClock) {
    return this.db.transaction(async (tx) => {
      const text = `select ${selected(clockColumns)} from ${clockSource} where clock.id = $1`;
      const found = await row<ClockRow>(tx, text, [id]);
      if (!found) throw new Missing();
      const view = viewOf(found, this.clock.today(), await calendarOf(tx));
      return { ...view, story: await storyOf(tx, found) };
    });
  }
}

/** What happened, the earliest first; what happened on one day in the order in which it can have happened. */
async function storyOf(tx: EntityManager, clock: ClockRow): Promise<readonly Told[]> {
  const events = await rows<{ day: string; what: string; n: number }>(
    tx,
    'select day, what, n from clock_event where clock_id = $1 order by day, what',
    [clock.id],
  );
  const settings = await rows<StorySetting & Record<string, unknown>>(tx, settingsOf, [clock.id]);
  const told = [
    ...startOf(clock, clock.rule),
    ...settings.flatMap(settingOf),
    ...events.map(eventOf),
    ...stopOf(clock),
  ];
  return told.sort((a, b) => (a.on < b.on ? -1 : Number(a.on > b.on)));
}

const dayOf = (column: string) => `(${column} at time zone 'Asia/Shanghai')::date`;

const settingsOf = `
  select ${selected(settingColumns)}, ${dayOf('setting.requested_at')} as "requestedOn", ${dayOf('setting.decided_at')} as "decidedOn",
    setting.resumed_by as "resumedBy", ${dayOf('setting.resumed_at')} as "resumedAtDay"
  from clock_setting as setting where setting.clock_id = $1 order by setting.requested_at`;
