import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Int } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, NotPermitted, refuseIf, requireVersion, sql } from '@shuzheng/platform';
import { shareCalendar } from '../data/calendar.js';
import { lockClock, lockSetting } from '../data/clock-settings.js';
import { dueDayOf } from '../data/due-days.js';
import { recountSettled } from '../data/recounting.js';
import { reasonsNotToResume } from '../domain/setting-clocks.js';

export class ClockResumed {
  @Int(1, 100) readonly version!: number;
  @Day({ description: '现在的期限' }) readonly effectiveDueOn!: string;
}

export class Resumption {
  @Day({ description: '从哪一天起继续计算，当天计入' }) readonly on!: string;
}

/** A paused clock goes on; its due day moves by the days it stood still, where the pause says so. */
export class ResumeClock extends Command<ClockResumed> {
  constructor(
    readonly settingId: string,
    readonly resumption: Resumption,
  ) {
    super();
  }
}

@CommandHandler(ResumeClock)
export class ResumeClockHandler implements ICommandHandler<ResumeClock> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  execute({ settingId, resumption: { on } }: ResumeClock) {
    if (actor().reach !== 'province') throw new NotPermitted('clocks:set');
    return this.db.transaction(async (tx) => {
      await shareCalendar(tx);
      const setting = await lockSetting(tx, settingId);
      const clock = await lockClock(tx, setting.clockId);
      requireVersion(setting.version);
      refuseIf(reasonsNotToResume({ ...clock, ...setting, on, today: this.clock.today() }));

      await sql(
        tx,
        `update clock_setting set resumed_on = $2, resumed_by = $3, resumed_at = $4, version = version + 1 where id = $1`,
        [settingId, on, actor().accountId, this.clock.now()],
      );
      await recountSettled(tx, [clock.id], this.clock.today());
      const effectiveDueOn = await dueDayOf(tx, clock.id);
      await this.audit.note({ subject: `clock:${clock.id}`, detail: { settingId, resumedOn: on, effectiveDueOn } });
      return { version: setting.version + 1, effectiveDueOn };
    });
  }
}
