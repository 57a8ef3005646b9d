import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Day, ExamSiteRecorded, Int, Prose, Texts, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { isSiteName, queueForSites, siteEvent } from '../data/exam-sites.js';
import { areOccupations } from '../data/known-occupations.js';
import { lockOrganisation } from '../data/organisations.js';
import { ownOrganisation } from '../data/own.js';
import { reasonsNotToKeepSite } from '../domain/listing-locally.js';
import { cityCodeOf, plainName } from '../domain/registering.js';

export class SiteReceipt {
  @Uuid() readonly siteId!: string;
}

/** Record where the caller's own organisation holds exams. */
export class RecordExamSite extends Command<SiteReceipt> {
  @Code({ description: '六位行政区划代码' }) readonly cityCode!: string;
  @Prose(2, 100) readonly name!: string;
  @Prose(2, 200) readonly address!: string;
  @Int(1, 10_000, { description: '可同时考核的人数' }) readonly seats!: number;
  @Texts(50, { optional: true, description: '考点所限的职业编码；省略表示不限' }) readonly occupationCodes?: string[];
  @Day() readonly from!: string;
  @Day({ nullable: true, description: '最后一日；未定时为 null' }) readonly to!: string | null;
}

@CommandHandler(RecordExamSite)
export class RecordExamSiteHandler implements ICommandHandler<RecordExamSite> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ occupationCodes, ...typed }: RecordExamSite) {
    const organisationId = ownOrganisation('sites:manage');
    return this.db.transaction(async (tx) => {
      await queueForSites(tx, organisationId);
      const { endedFrom } = await lockOrganisation(tx, organisationId);
      const { address, seats, from, to } = typed;
      const name = plainName(typed.name);
      const cityCode = cityCodeOf(typed.cityCode, this.clock.today());
      const nameTaken = await isSiteName(tx, organisationId, name);
      const occupationsKnown = await areOccupations(tx, occupationCodes ?? []);
      const known = { organisationEnded: endedFrom !== null, nameTaken, occupationsKnown, closed: false };
      refuseIf(reasonsNotToKeepSite({ ...known, cityCode, from, to }));

      const siteId = randomUUID();
      const site = { organisationId, cityCode: cityCode ?? typed.cityCode, name, address, seats, from, to };
      await sql(tx, insert, [
        siteId,
        organisationId,
        site.cityCode,
        name,
        address,
        seats,
        occupationCodes && occupationCodes.length > 0 ? occupationCodes : null,
        from,
        to,
        this.clock.now(),
      ]);
      announce(tx, ExamSiteRecorded, siteEvent(siteId, site));
      await this.audit.note({ subject: `exam-site:${siteId}`, detail: { seats } });
      return { siteId };
    });
  }
}

const insert = `
  insert into exam_site (id, organisation_id, city_code, name, address, seats, occupation_codes, valid_from, valid_to, recorded_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
