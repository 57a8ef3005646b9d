import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Flag, Prose, Text } from '@shuzheng/contracts';
import { Audit, Database, refuseIf } from '@shuzheng/platform';
import { type AnnouncementReceipt, Announcements, lockAnnouncement } from '../data/announcements.js';
import { isStanding } from '../domain/announcing.js';

export class ReplacementInput {
  @Text(10, 20000) readonly text!: string;
  @Prose(2, 500) readonly reason!: string;
  @Flag({ optional: true, description: '已复核 warnings，仍要发布' }) readonly warningsAcknowledged?: boolean;
}

/** Publish another text in place of one that stands. What stood goes on standing while the new one waits as a draft. */
export class ReplaceAnnouncement extends Command<AnnouncementReceipt> {
  constructor(
    readonly announcementId: string,
    readonly input: ReplacementInput,
  ) {
    super();
  }
}

@CommandHandler(ReplaceAnnouncement)
export class ReplaceAnnouncementHandler implements ICommandHandler<ReplaceAnnouncement> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly announcements: Announcements,
  ) {}

  execute({ announcementId: replaces, input }: ReplaceAnnouncement) {
    const { text, reason, warningsAcknowledged: acknowledged = false } = input;
    return this.db.transaction(async (tx) => {
      const { planId, state } = await lockAnnouncement(tx, replaces);
      refuseIf(isStanding(state) ? [] : ['announcement-not-published']);
      const receipt = await this.announcements.write(tx, { planId, text, acknowledged, replaces });
      if (receipt.published) await this.announcements.end(tx, replaces, 'replaced', reason);
      const { announcementId, published } = receipt;
      await this.audit.note({ subject: `plan:${planId}`, detail: { announcementId, replaces, published } });
      return receipt;
    });
  }
}
