import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Database, refuseIf } from '@shuzheng/platform';
import { Announcements, lockAnnouncement } from '../data/announcements.js';
import { isStanding } from '../domain/announcing.js';

export class AnnouncementEnding {
  @Prose(2, 500) readonly reason!: string;
}

export class EndedAnnouncement {
  @Uuid() readonly announcementId!: string;
}

/** Take an announcement down, or throw a draft away. The text stays on record. */
export class WithdrawAnnouncement extends Command<EndedAnnouncement> {
  constructor(
    readonly announcementId: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(WithdrawAnnouncement)
export class WithdrawAnnouncementHandler implements ICommandHandler<WithdrawAnnouncement> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly announcements: Announcements,
  ) {}

  execute({ announcementId, reason }: WithdrawAnnouncement) {
    return this.db.transaction(async (tx) => {
      const { planId, state } = await lockAnnouncement(tx, announcementId);
      refuseIf(state === 'draft' || isStanding(state) ? [] : ['announcement-not-published']);
      await this.announcements.end(tx, announcementId, 'withdrawn', reason);
      await this.audit.note({ subject: `plan:${planId}`, detail: { announcementId, withdrawn: true } });
      return { announcementId };
    });
  }
}
