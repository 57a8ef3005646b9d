import { Injectable } from '@nestjs/common';
import { PersonsMerged } from '@shuzheng/contracts';
import { Database, On, sql } from '@shuzheng/platform';

/** Two entries were one person: whoever has a certificate under either has it. Each alias points at the one that stays. */
@Injectable()
export class WhenPersonsMerged {
  constructor(private readonly db: Database) {}

  @On(PersonsMerged)
  remember(events: PersonsMerged[]) {
    return this.db.transaction(async (tx) => {
      for (const { personId, mergedPersonId, mergedAt } of events) {
        await sql(
          tx,
          `insert into person_alias (merged_person_id, person_id, merged_at)
           select $2, canonical_person($1), $3 where canonical_person($1) <> $2
           on conflict (merged_person_id) do nothing`,
          [personId, mergedPersonId, mergedAt],
        );
        // Whoever had been merged into the one that is an alias now follows it.
        await sql(
          tx,
          `update person_alias set person_id = canonical_person($1)
           where person_id = $1 and canonical_person($1) <> $1`,
          [mergedPersonId],
        );
      }
    });
  }
}
