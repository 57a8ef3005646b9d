import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Int, Prose } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, NotPermitted, refuseIf, requireVersion, sql } from '@shuzheng/platform';
import { shareCalendar } from '../data/calendar.js';
import { lockClock, lockSetting } from '../data/clock-settings.js';
import { dueDayOf } from '../data/due-days.js';
import { recountSettled } from '../data/recounting.js';
import { reasonsNotToApprove, reasonsNotToRefuse } from '../domain/setting-clocks.js';

export class ClockSettingDecided {
  @Int(1, 100) readonly version!: number;
  @Day({ description: '现在的期限' }) readonly effectiveDueOn!: string;
}

export class Refusal {
  @Prose(1, 500, { description: '不批准的理由' }) readonly reason!: string;
}

/** Another person approves what was asked for a clock, or refuses it with a reason. */
export class DecideClockSetting extends Command<ClockSettingDecided> {
  constructor(
    readonly settingId: string,
    readonly refusal?: Refusal,
  ) {
    super();
  }
}

@CommandHandler(DecideClockSetting)
export class DecideClockSettingHandler implements ICommandHandler<DecideClockSetting> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  execute({ settingId, refusal }: DecideClockSetting) {
    if (actor().reach !== 'province') throw new NotPermitted('clocks:approve');
    return this.db.transaction(async (tx) => {
      await shareCalendar(tx);
      const setting = await lockSetting(tx, settingId);
      const clock = await lockClock(tx, setting.clockId);
      requireVersion(setting.version);
      const { accountId } = actor();
      const facts = { ...clock, ...setting, decidedBy: accountId, today: this.clock.today() };
      refuseIf(refusal ? reasonsNotToRefuse(facts) : reasonsNotToApprove(facts));

      await sql(
        tx,
        `update clock_setting set state = $2, decided_by = $3, decided_at = $4, decision_reason = $5, version = version + 1
         where id = $1`,
        [settingId, refusal ? 'refused' : 'approved', accountId, this.clock.now(), refusal?.reason ?? null],
      );
      if (!refusal) await recountSettled(tx, [clock.id], this.clock.today());
      const effectiveDueOn = await dueDayOf(tx, clock.id);
      const detail = { settingId, decision: refusal ? 'refused' : 'approved', effectiveDueOn };
      await this.audit.note({ subject: `clock:${clock.id}`, detail });
      return { version: setting.version + 1, effectiveDueOn };
    });
  }
}
