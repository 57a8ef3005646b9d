import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ExamSiteRecorded } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, requireVersion, sql } from '@shuzheng/platform';
import type { Ending, VersionReceipt } from '../data/ending.js';
import { lockSite, siteEvent } from '../data/exam-sites.js';
import { ownOrganisation } from '../data/own.js';
import { reasonsNotToEnd } from '../domain/listing-locally.js';

/** Close an exam site of the caller's own organisation after a last day. */
export class CloseExamSite extends Command<VersionReceipt> {
  constructor(
    readonly siteId: string,
    readonly ending: Ending,
  ) {
    super();
  }
}

@CommandHandler(CloseExamSite)
export class CloseExamSiteHandler implements ICommandHandler<CloseExamSite> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ siteId, ending: { lastDay, basis } }: CloseExamSite) {
    const organisationId = ownOrganisation('sites:manage');
    return this.db.transaction(async (tx) => {
      const site = await lockSite(tx, siteId, organisationId);
      requireVersion(site.version);
      refuseIf(reasonsNotToEnd({ ...site, ended: site.closed, lastDay, today: this.clock.today() }));

      await sql(tx, 'update exam_site set valid_to = $2, closing_basis = $3, version = version + 1 where id = $1', [
        siteId,
        lastDay,
        basis,
      ]);
      announce(tx, ExamSiteRecorded, siteEvent(siteId, { ...site, to: lastDay }));
      await this.audit.note({ subject: `exam-site:${siteId}`, detail: { lastDay } });
      return { id: siteId, version: site.version + 1 };
    });
  }
}
