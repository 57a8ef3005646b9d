import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Texts } from '@shuzheng/contracts';
import { Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { type AnnouncementReceipt, Announcements, lockAnnouncement } from '../data/announcements.js';
import { writer } from '../data/who.js';
import { reasonsNotToShow } from '../domain/announcing.js';

export class AcknowledgedWarnings {
  @Texts(50, { description: '逐一复核过的 warnings' }) readonly acknowledged!: string[];
}

/** Publish a draft, having looked at each of its warnings again. */
export class AcknowledgeAnnouncement extends Command<AnnouncementReceipt> {
  constructor(
    readonly announcementId: string,
    readonly acknowledged: readonly string[],
  ) {
    super();
  }
}

@CommandHandler(AcknowledgeAnnouncement)
export class AcknowledgeAnnouncementHandler implements ICommandHandler<AcknowledgeAnnouncement> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly announcements: Announcements,
  ) {}

  execute({ announcementId, acknowledged }: AcknowledgeAnnouncement) {
    return this.db.transaction(async (tx) => {
      const { planId, state, warnings, replaces } = await lockAnnouncement(tx, announcementId);
      const replaced = replaces === null ? null : await lockAnnouncement(tx, replaces);
      refuseIf(reasonsNotToShow({ state, warnings, acknowledged, replacedState: replaced?.state ?? null }));
      if (replaced) await this.announcements.end(tx, replaced.id, 'replaced', '已发布新的公告');
      await sql(
        tx,
        `update announcement set state = 'published', acknowledged = warnings, published_by = $2, published_at = $3 where id = $1`,
        [announcementId, writer().accountId, this.clock.now()],
      );
      await this.audit.note({ subject: `plan:${planId}`, detail: { announcementId, acknowledged: warnings.length } });
      return { announcementId, warnings: [...warnings], published: true };
    });
  }
}
