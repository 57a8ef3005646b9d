import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Int, OneOf, Prose, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { isInRange, type SettingName, settingNames } from '../domain/settings.js';

export class SettingReceipt {
  @Uuid() readonly settingId!: string;
}

/** Write down what the office has decided, with the document that says so. What held before stays on record. */
export class RecordSetting extends Command<SettingReceipt> {
  @OneOf(settingNames) readonly name!: SettingName;
  @Int(0, 3650, { description: '天数；或开关：0 关，1 开' }) readonly value!: number;
  @Day() readonly from!: string;
  @Prose(2, 200, { description: '依据的文件' }) readonly document!: string;
}

@CommandHandler(RecordSetting)
export class RecordSettingHandler implements ICommandHandler<RecordSetting> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ name, value, from, document }: RecordSetting) {
    return this.db.transaction(async (tx) => {
      refuseIf([
        ...(from < this.clock.today() ? ['setting-back'] : []),
        ...(isInRange(name, value) ? [] : ['setting-range']),
      ]);
      const settingId = randomUUID();
      await sql(
        tx,
        'insert into setting (id, name, value, valid_from, document, created_by) values ($1, $2, $3, $4, $5, $6)',
        [settingId, name, value, from, document, actor().accountId ?? null],
      );
      await this.audit.note({ subject: `setting:${name}`, detail: { value, from } });
      return { settingId };
    });
  }
}
