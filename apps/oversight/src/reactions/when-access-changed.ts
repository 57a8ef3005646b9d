import { Injectable } from '@nestjs/common';
import { AccessWithdrawn, MembershipGranted } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';

/** Who may be told of what is due: accounts with what each may do for which organisation. */
@Injectable()
export class WhenAccessChanged {
  constructor(private readonly db: Database) {}

  @On(MembershipGranted)
  async remember(heard: MembershipGranted[]) {
    const granted = latestOf(heard, ({ accountId, organisationId }) => `${accountId}|${organisationId}`);
    await this.db.transaction((tx) =>
      sql(tx, remember, [
        granted.map(({ accountId }) => accountId),
        granted.map(({ organisationId }) => organisationId),
        granted.map(({ reach }) => reach),
        granted.map(({ cityCode }) => cityCode),
        granted.map(({ permissions }) => JSON.stringify(permissions)),
      ]),
    );
  }

  @On(AccessWithdrawn)
  async forget(events: AccessWithdrawn[]) {
    await this.db.transaction((tx) =>
      sql(
        tx,
        `delete from recipient using unnest($1::uuid[], $2::uuid[]) as heard (account, organisation)
         where account_id = heard.account and (heard.organisation is null or organisation_id = heard.organisation)`,
        [events.map(({ accountId }) => accountId), events.map(({ organisationId }) => organisationId)],
      ),
    );
  }
}

const remember = `
  insert into recipient (account_id, organisation_id, reach, city_code, permissions)
  select account_id, organisation_id, reach, city_code, array(select json_array_elements_text(permissions))
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::json[])
    as heard (account_id, organisation_id, reach, city_code, permissions)
  on conflict (account_id, organisation_id) do update set reach = excluded.reach, city_code = excluded.city_code,
    permissions = excluded.permissions`;
