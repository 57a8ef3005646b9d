import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Flag, Prose, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, NotPermitted, refuseIf, sql } from '@shuzheng/platform';
import { isWorkday } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { calendarOf, shareCalendar } from '../data/calendar.js';
import { lockClock, type LockedClock } from '../data/clock-settings.js';
import { reasonsNotToExtend, reasonsNotToPause } from '../domain/setting-clocks.js';

export class ClockSettingRequested {
  @Uuid() readonly settingId!: string;
}

export class Pause {
  @Day({ description: '从哪一天起暂停，当天起不计入' }) readonly from!: string;
  @Flag({ optional: true, description: '恢复后按暂停的天数顺延，默认是' }) readonly addsDays?: boolean;
  @Prose(1, 500, { description: '理由' }) readonly reason!: string;
  @Prose(1, 200, { optional: true, description: '依据文件' }) readonly document?: string;
}

export class Extension {
  @Day({ description: '新的期限' }) readonly dueOn!: string;
  @Prose(1, 500, { description: '理由' }) readonly reason!: string;
  @Prose(1, 200, { optional: true, description: '依据文件' }) readonly document?: string;
}

/** The office asks for a clock to stand still, or for another day; somebody else decides. */
export class RequestClockSetting extends Command<ClockSettingRequested> {
  constructor(
    readonly clockId: string,
    readonly asked: Pause | Extension,
  ) {
    super();
  }
}

@CommandHandler(RequestClockSetting)
export class RequestClockSettingHandler implements ICommandHandler<RequestClockSetting> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  execute({ clockId, asked }: RequestClockSetting) {
    if (actor().reach !== 'province') throw new NotPermitted('clocks:set');
    return this.db.transaction(async (tx) => {
      await shareCalendar(tx);
      const clock = await lockClock(tx, clockId);
      const facts = { ...clock, today: this.clock.today() };
      if ('from' in asked) refuseIf(reasonsNotToPause({ ...facts, from: asked.from }));
      else {
        const open = isWorkday(await calendarOf(tx), asked.dueOn);
        refuseIf(reasonsNotToExtend({ ...facts, dueOn: asked.dueOn, isWorkday: open }));
      }

      const settingId = randomUUID();
      await keep(tx, settingId, clock, asked, this.clock.now());
      const kind = 'from' in asked ? 'pause' : 'extension';
      await this.audit.note({ subject: `clock:${clockId}`, detail: { settingId, kind } });
      return { settingId };
    });
  }
}

const keep = (tx: EntityManager, id: string, clock: LockedClock, asked: Pause | Extension, at: Date) =>
  sql(
    tx,
    `insert into clock_setting (id, clock_id, kind, organisation_id, city_code, pause_from, adds_days, new_due, reason, document,
       requested_by, requested_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[id, clock.id, 'from' in asked ? 'pause' : 'extension', clock.organisationId, clock.cityCode],
      ...('from' in asked ? [asked.from, asked.addsDays ?? true, null] : [null, null, asked.dueOn]),
      ...[asked.reason, asked.document ?? null, actor().accountId, at],
    ],
  );
