import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Text, Texts, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, refuseIf, sha256, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { lockTrainingPlan } from '../data/training-plans.js';
import { writer } from '../data/who.js';
import { advertWordsIn, namesAPerson } from '../domain/announcing.js';

export class AnnouncementReceipt {
  @Uuid() readonly announcementId!: string;
  @Texts(20, { description: '公告中需要复核的用语' }) readonly warnings!: string[];
}

/** Publish 培训公告 under a plan on file. Doubtful words warn, and the text is kept as it is. */
export class PublishAnnouncement extends Command<AnnouncementReceipt> {
  @Uuid() readonly planId!: string;
  @Text(10, 20000) readonly text!: string;
}

@CommandHandler(PublishAnnouncement)
export class PublishAnnouncementHandler implements ICommandHandler<PublishAnnouncement> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ planId, text }: PublishAnnouncement) {
    return this.db.transaction(async (tx) => {
      const { organisationId, cityCode, filedVersion } = await lockTrainingPlan(tx, planId);
      refuseIf([
        ...(filedVersion === null ? ['plan-not-filed'] : []),
        ...(namesAPerson(text) ? ['announcement-personal'] : []),
      ]);

      const announcementId = randomUUID();
      const warnings = advertWordsIn(text);
      const { accountId } = writer();
      await sql(
        tx,
        `insert into announcement (id, plan_id, organisation_id, city_code, text, sha256, warnings, published_by, published_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [announcementId, planId, organisationId, cityCode, text, sha256(text), warnings, accountId, this.clock.now()],
      );
      await this.audit.note({ subject: `plan:${planId}`, detail: { announcementId, warnings: warnings.length } });
      return { announcementId, warnings };
    });
  }
}
