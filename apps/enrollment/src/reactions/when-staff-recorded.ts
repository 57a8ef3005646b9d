import { Injectable } from '@nestjs/common';
import { StaffRecorded } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';

/** The institutions' own teachers, by masked name: lessons point at them. */
@Injectable()
export class WhenStaffRecorded {
  constructor(private readonly db: Database) {}

  @On(StaffRecorded)
  async remember(heard: StaffRecorded[]) {
    const staff = latestOf(heard, ({ staffId }) => staffId);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into known_staff (staff_id, organisation_id, kind, masked_name, valid_from, valid_to)
         select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::date[], $6::date[])
         on conflict (staff_id) do update set organisation_id = excluded.organisation_id, kind = excluded.kind,
           masked_name = excluded.masked_name, valid_from = excluded.valid_from, valid_to = excluded.valid_to`,
        [
          staff.map(({ staffId }) => staffId),
          staff.map(({ organisationId }) => organisationId),
          staff.map(({ kind }) => kind),
          staff.map(({ maskedName }) => maskedName),
          staff.map(({ from }) => from),
          staff.map(({ to }) => to),
        ],
      ),
    );
  }
}
