import { actor, Missing, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

/** Organisations are written one at a time, so that two cannot both find a code or a name free. */
export const queueForOrganisations = (tx: EntityManager) =>
  sql(tx, `select pg_advisory_xact_lock(hashtextextended('register-organisation', 0))`);

export interface OrganisationRow {
  readonly role: string;
  readonly version: number;
  readonly name: string;
  readonly cityCode: string;
  readonly endedFrom: string | null;
}

/** The lock makes whatever is done to one organisation queue. */
export async function lockOrganisation(tx: EntityManager, id: string) {
  const found = await row<OrganisationRow>(
    tx,
    `select role, version, name, city_code as "cityCode", ended_from as "endedFrom" from organisation
     where id = $1 for no key update`,
    [id],
  );
  if (!found) throw new Missing();
  return found;
}

export interface Claimed {
  readonly name: string;
  readonly creditCode: string | null;
  readonly cityCode: string | undefined;
  readonly role: string;
}

/** What of this another organisation already has. */
export async function whatIsTaken(tx: EntityManager, { name, creditCode, cityCode, role }: Claimed, but?: string) {
  const found = await row<{ creditCodeTaken: boolean; officeTaken: boolean; nameTaken: boolean }>(
    tx,
    `with other as (select * from organisation where id is distinct from $5)
     select exists (select from other where credit_code = $1 and role = $3) as "creditCodeTaken",
       exists (select from other where city_code = $2 and role in ('department', 'city-bureau'))
         and $3::text in ('department', 'city-bureau') as "officeTaken",
       exists (select from other where name_key(name) = name_key($4) and role = $3 and ended_from is null) as "nameTaken"`,
    [creditCode, cityCode ?? null, role, name, but ?? null],
  );
  return found ?? { creditCodeTaken: false, officeTaken: false, nameTaken: false };
}

/** Keeps the version that stands now beside those before it. */
export const keepVersions = (tx: EntityManager, ids: readonly string[], at: Date, basis?: string) =>
  sql(
    tx,
    `insert into organisation_version (organisation_id, version, name, credit_code, city_code, basis, changed_at, changed_by)
     select id, version, name, credit_code, city_code, $2, $3, $4 from organisation where id = any ($1::uuid[])`,
    [ids, basis ?? null, at, actor().accountId ?? null],
  );

/** Keeps how an office is reached from this version on; null: in no known way. */
export const keepContact = (
  tx: EntityManager,
  { id, version, cityCode, contact }: { id: string; version: number; cityCode: string; contact: string | null },
) =>
  sql(tx, 'insert into organisation_contact (organisation_id, version, city_code, contact) values ($1, $2, $3, $4)', [
    id,
    version,
    cityCode,
    contact,
  ]);
