import { Injectable } from '@nestjs/common';
import { ExamSiteRecorded } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';

/** 考点, and how many can sit there at once. */
@Injectable()
export class WhenSiteRecorded {
  constructor(private readonly db: Database) {}

  @On(ExamSiteRecorded)
  async remember(events: ExamSiteRecorded[]) {
    const sites = latestOf(events, ({ siteId }) => siteId);
    await this.db.transaction((tx) => sql(tx, rememberSite, [JSON.stringify(sites)]));
  }
}

const rememberSite = `
  insert into known_exam_site (site_id, organisation_id, city_code, name, address, seats, valid_from, valid_to)
  select "siteId", "organisationId", "cityCode", name, address, seats, "from", "to"
  from json_to_recordset($1::json) as heard ("siteId" uuid, "organisationId" uuid, "cityCode" text, name text, address text,
    seats int, "from" date, "to" date)
  on conflict (site_id) do update set city_code = excluded.city_code, name = excluded.name, address = excluded.address,
    seats = excluded.seats, valid_from = excluded.valid_from, valid_to = excluded.valid_to`;
