import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ExamSiteRecorded, Int, Prose, Texts } from '@shuzheng/contracts';
import { announce, Audit, Database, refuseIf, requireVersion, sql } from '@shuzheng/platform';
import type { VersionReceipt } from '../data/ending.js';
import { isSiteName, lockSite, queueForSites, siteEvent } from '../data/exam-sites.js';
import { areOccupations } from '../data/known-occupations.js';
import { lockOrganisation } from '../data/organisations.js';
import { ownOrganisation } from '../data/own.js';
import { reasonsNotToKeepSite } from '../domain/listing-locally.js';
import { plainName } from '../domain/registering.js';

export class SiteChange {
  @Prose(2, 100) readonly name!: string;
  @Prose(2, 200) readonly address!: string;
  @Int(1, 10_000, { description: '可同时考核的人数' }) readonly seats!: number;
  @Texts(50, { optional: true, description: '考点所限的职业编码；省略表示不限' }) readonly occupationCodes?: string[];
}

/** Change an exam site of the caller's own organisation. */
export class ChangeExamSite extends Command<VersionReceipt> {
  constructor(
    readonly siteId: string,
    readonly change: SiteChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeExamSite)
export class ChangeExamSiteHandler implements ICommandHandler<ChangeExamSite> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ siteId, change: { name: typed, address, seats, occupationCodes = [] } }: ChangeExamSite) {
    const organisationId = ownOrganisation('sites:manage');
    return this.db.transaction(async (tx) => {
      await queueForSites(tx, organisationId);
      const { endedFrom } = await lockOrganisation(tx, organisationId);
      const site = await lockSite(tx, siteId, organisationId);
      requireVersion(site.version);
      const name = plainName(typed);
      const nameTaken = await isSiteName(tx, organisationId, name, siteId);
      const occupationsKnown = await areOccupations(tx, occupationCodes);
      refuseIf(reasonsNotToKeepSite({ ...site, organisationEnded: endedFrom !== null, nameTaken, occupationsKnown }));

      await sql(
        tx,
        'update exam_site set name = $2, address = $3, seats = $4, occupation_codes = $5, version = version + 1 where id = $1',
        [siteId, name, address, seats, occupationCodes.length > 0 ? occupationCodes : null],
      );
      announce(tx, ExamSiteRecorded, siteEvent(siteId, { ...site, name, address, seats }));
      await this.audit.note({ subject: `exam-site:${siteId}`, detail: { seats } });
      return { id: siteId, version: site.version + 1 };
    });
  }
}
