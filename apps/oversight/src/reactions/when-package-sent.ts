import { Injectable } from '@nestjs/common';
import { PackageSent } from '@shuzheng/contracts';
import { Database, On, sql } from '@shuzheng/platform';

@Injectable()
export class WhenPackageSent {
  constructor(private readonly db: Database) {}

  /** The rows are with the national office; no document sets it a time limit. */
  @On(PackageSent)
  async count(events: PackageSent[]) {
    await this.db.transaction((tx) =>
      sql(
        tx,
        `update stage set sent = stage.sent + heard.n, sent_on = greatest(stage.sent_on, heard.day)
         from (
           select id, sum(n)::int as n, max(day) as day
           from unnest($1::uuid[], $2::int[], $3::date[]) as heard (id, n, day) group by id
         ) as heard
         where stage.id = heard.id`,
        [events.map(({ batchId }) => batchId), events.map(({ rows }) => rows), events.map(({ sentOn }) => sentOn)],
      ),
    );
  }
}
