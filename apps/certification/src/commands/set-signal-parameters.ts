import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Json, OneOf, Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, refuseIf, row, schedule, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { accountId, departmentOnly } from '../data/batches.js';
import { ASSESS_OPEN_BATCHES } from '../data/signal-rounds.js';
import { faultyValues, ruleOf, signalCodes } from '../domain/signals/rules.js';

export class SettingReceipt {
  @Uuid() readonly settingId!: string;
}

export class SignalSetting {
  @OneOf(signalCodes) readonly code!: string;
  @Day({ description: '自该日起适用' }) readonly from!: string;
  @Json({ description: '该规则的全部参数，见 signal-rules' }) readonly values!: Record<string, unknown>;
  @Prose(2, 200, { description: '依据，例如会议纪要或文件名称' }) readonly basis!: string;
}

/** 省厅设定: what a signal goes by from a day on. Batches with undecided rows are looked at again on that day. */
export class SetSignalParameters extends Command<SettingReceipt> {
  constructor(readonly setting: SignalSetting) {
    super();
  }
}

@CommandHandler(SetSignalParameters)
export class SetSignalParametersHandler implements ICommandHandler<SetSignalParameters> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ setting: { code, from, values, basis } }: SetSignalParameters) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      // One setting at a time for each rule.
      await sql(tx, 'select pg_advisory_xact_lock(hashtext($1))', [`signal-setting/${code}`]);
      const rule = ruleOf(code);
      const known = await row(tx, 'select 1 from signal_setting where code = $1 and "from" = $2', [code, from]);
      const faulty = rule ? faultyValues(rule, values) : [code];
      refuseIf([
        ...(faulty.length > 0 || Object.keys(values).length === 0 ? ['setting-values'] : []),
        ...(from < this.clock.today() ? ['setting-in-past'] : []),
        ...(known ? ['setting-repeated'] : []),
      ]);

      const settingId = randomUUID();
      await sql(tx, insertSetting, [
        ...[settingId, code, from, JSON.stringify(values), `省厅设定：${basis}`],
        ...[accountId(), this.clock.now()],
      ]);
      await schedule(tx, ASSESS_OPEN_BATCHES, settingId, laterOf(startOf(from), this.clock.now()));
      await this.audit.note({ subject: `signal-rule:${code}`, detail: { settingId, from } });
      return { settingId };
    });
  }
}

const startOf = (day: string) => new Date(`${day}T00:00:00+08:00`);
const laterOf = (one: Date, other: Date) => (one > other ? one : other);

const insertSetting = `
  insert into signal_setting (id, code, "from", parameters, source, confidence, set_by, set_at)
  values ($1, $2, $3, $4, $5, 'I', $6, $7)`;
