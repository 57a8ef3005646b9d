import { Injectable } from '@nestjs/common';
import { OrganisationRegistered } from '@shuzheng/contracts';
import type { EntityManager } from 'typeorm';
import { Database, row, sql } from '../database.js';
import { On } from '../messaging/reactions.js';
import { type Copy, latestOf } from './copy.js';

export interface KnownOrganisation {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string | null;
  readonly cityCode: string;
  readonly role: string;
}

/** The organisations, as institutions announced them. */
@Injectable()
export class Organisations {
  constructor(private readonly db: Database) {}

  @On(OrganisationRegistered)
  async remember(events: OrganisationRegistered[]) {
    const latest = latestOf(events, (event) => event.organisationId);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into known_organisation (id, name, credit_code, city_code, role)
         select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[])
         on conflict (id) do update set name = excluded.name, credit_code = excluded.credit_code,
           city_code = excluded.city_code, role = excluded.role`,
        [
          latest.map(({ organisationId }) => organisationId),
          latest.map(({ name }) => name),
          latest.map(({ creditCode }) => creditCode),
          latest.map(({ cityCode }) => cityCode),
          latest.map(({ role }) => role),
        ],
      ),
    );
  }

  find(tx: EntityManager, id: string) {
    return row<KnownOrganisation>(
      tx,
      `select id, name, credit_code as "creditCode", city_code as "cityCode", role from known_organisation where id = $1`,
      [id],
    );
  }
}

export const organisations: Copy = {
  name: 'organisations',
  tables: ['known_organisation'],
  keeper: Organisations,
  schema: `
    create table known_organisation (
      id          uuid primary key,
      name        text not null,
      credit_code text,
      city_code   text not null,
      role        text not null
    );
    comment on table known_organisation is 'public | copy of the institutions service';`,
};
