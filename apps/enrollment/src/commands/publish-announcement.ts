import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Flag, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Database } from '@shuzheng/platform';
import { AnnouncementReceipt, Announcements } from '../data/announcements.js';

/** Publish 培训公告 under a plan on file. With doubtful words it waits as a draft until somebody has acknowledged them. */
export class PublishAnnouncement extends Command<AnnouncementReceipt> {
  @Uuid() readonly planId!: string;
  @Text(10, 20000) readonly text!: string;
  @Flag({ optional: true, description: '已复核 warnings，仍要发布' }) readonly warningsAcknowledged?: boolean;
}

@CommandHandler(PublishAnnouncement)
export class PublishAnnouncementHandler implements ICommandHandler<PublishAnnouncement> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly announcements: Announcements,
  ) {}

  execute({ planId, text, warningsAcknowledged: acknowledged = false }: PublishAnnouncement) {
    return this.db.transaction(async (tx) => {
      const receipt = await this.announcements.write(tx, { planId, text, acknowledged });
      const { announcementId, warnings, published } = receipt;
      const detail = { announcementId, warnings: warnings.length, published };
      await this.audit.note({ subject: `plan:${planId}`, detail });
      return receipt;
    });
  }
}
