import type { ExamSiteRecorded } from '@shuzheng/contracts';
import { Missing, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

export interface SiteRow {
  readonly organisationId: string;
  readonly cityCode: string;
  readonly name: string;
  readonly address: string;
  readonly seats: number;
  readonly from: string;
  readonly to: string | null;
  readonly closed: boolean;
  readonly version: number;
}

/** Sites of one organisation are written one at a time. */
export const queueForSites = (tx: EntityManager, organisationId: string) =>
  sql(tx, `select pg_advisory_xact_lock(hashtextextended('exam-site|' || $1, 0))`, [organisationId]);

export async function lockSite(tx: EntityManager, id: string, organisationId: string) {
  const found = await row<SiteRow & Record<string, unknown>>(
    tx,
    `select organisation_id as "organisationId", city_code as "cityCode", name, address, seats, valid_from as "from",
       valid_to as "to", closing_basis is not null as closed, version
     from exam_site where id = $1 and organisation_id = $2 for update`,
    [id, organisationId],
  );
  if (!found) throw new Missing();
  return found;
}

export async function isSiteName(tx: EntityManager, organisationId: string, name: string, but?: string) {
  const other = await row(
    tx,
    `select 1 from exam_site where organisation_id = $1 and name_key(name) = name_key($2) and closing_basis is null
       and id is distinct from $3`,
    [organisationId, name, but ?? null],
  );
  return other !== undefined;
}

export const siteEvent = (siteId: string, site: Omit<SiteRow, 'closed' | 'version'>): ExamSiteRecorded => ({
  siteId,
  organisationId: site.organisationId,
  cityCode: site.cityCode,
  name: site.name,
  address: site.address,
  seats: site.seats,
  from: site.from,
  to: site.to,
});
