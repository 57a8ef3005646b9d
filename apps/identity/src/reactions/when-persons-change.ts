import { Injectable } from '@nestjs/common';
import { EnrolmentsWithdrawn, PersonAmended, PersonsMerged } from '@shuzheng/contracts';
import { Database, latestOf, On, Personal, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { announceWithdrawal } from '../data/leaving.js';

/** Learners’ accounts and codes follow what becomes of their enrolments and of themselves. */
@Injectable()
export class WhenPersonsChange {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  /** A code whose enrolment was withdrawn opens nothing any more. */
  @On(EnrolmentsWithdrawn)
  async endActivations(events: EnrolmentsWithdrawn[]) {
    const withdrawn = events.flatMap(({ enrolments }) => enrolments.map(({ enrolmentId }) => enrolmentId));
    await this.db.transaction((tx) =>
      sql(
        tx,
        `update activation set withdrawn_at = clock_timestamp()
         where enrolment_id = any ($1::uuid[]) and used_at is null and withdrawn_at is null`,
        [withdrawn],
      ),
    );
  }

  /** Whoever has not registered yet does so with the right name and number; whoever has is greeted by the right name. */
  @On(PersonAmended)
  async amendPersons(events: PersonAmended[]) {
    const latest = latestOf(events, ({ personId }) => personId);
    await this.db.transaction(async (tx) => {
      await this.greetRenamed(tx, latest);
      await sql(
        tx,
        `update activation set number_index = amended.number, name_index = amended.name
         from unnest($1::uuid[], $2::text[], $3::text[]) as amended (person, number, name)
         where activation.person_id = coalesce(
             (select person_id from person_alias where merged_id = amended.person), amended.person)`,
        [
          latest.map(({ personId }) => personId),
          latest.map(({ numberIndex }) => numberIndex),
          latest.map(({ nameIndex }) => nameIndex),
        ],
      );
    });
  }

  /** Names come here only masked; whose name stays the same goes on under the name they gave themselves. */
  private async greetRenamed(tx: EntityManager, amended: readonly PersonAmended[]) {
    const named = amended.filter(({ maskedName }) => maskedName !== undefined);
    const renamed = await rows<{ id: string; maskedName: string }>(
      tx,
      `select distinct account.id, amended.masked as "maskedName"
       from unnest($1::uuid[], $2::text[], $3::text[]) as amended (person, name, masked)
         left join person_alias as alias on alias.merged_id = amended.person
         join account on account.person_id = coalesce(alias.person_id, amended.person) and account.withdrawn_at is null
         join activation on activation.account_id = account.id and activation.name_index <> amended.name`,
      [
        named.map(({ personId }) => personId),
        named.map(({ nameIndex }) => nameIndex),
        named.map(({ maskedName }) => maskedName),
      ],
    );
    await sql(
      tx,
      `update account set display_name_sealed = renamed.sealed from unnest($1::uuid[], $2::text[]) as renamed (id, sealed)
       where account.id = renamed.id`,
      [
        renamed.map(({ id }) => id),
        renamed.map(({ id, maskedName }) => this.personal.seal('account', 'display_name_sealed', id, maskedName)),
      ],
    );
  }

  /** Two entries were one person: codes and account go on under the one that stays. */
  @On(PersonsMerged)
  async followPersons(events: PersonsMerged[]) {
    await this.db.transaction(async (tx) => {
      // One after the other: a later merge may concern whom an earlier one left.
      for (const { personId, mergedPersonId } of events) await follow(tx, personId, mergedPersonId);
    });
  }
}

async function follow(tx: EntityManager, personId: string, mergedId: string) {
  await sql(tx, 'update person_alias set person_id = $1 where person_id = $2', [personId, mergedId]);
  await sql(
    tx,
    `insert into person_alias (merged_id, person_id) values ($2, $1)
     on conflict (merged_id) do update set person_id = excluded.person_id`,
    [personId, mergedId],
  );
  await sql(tx, 'update activation set person_id = $1 where person_id = $2', [personId, mergedId]);
  const [closed] = await rows<{ id: string }>(
    tx,
    `update account set withdrawn_at = clock_timestamp(), withdrawal_reason = 'persons-merged'
     where person_id = $2 and withdrawn_at is null
       and exists (select 1 from account as other where other.person_id = $1 and other.withdrawn_at is null)
     returning id`,
    [personId, mergedId],
  );
  if (closed) {
    await sql(
      tx,
      `update session set ended_at = clock_timestamp(), ended_because = 'withdrawn'
       where account_id = $1 and ended_at is null`,
      [closed.id],
    );
    announceWithdrawal(tx, closed.id, null);
  }
  await sql(tx, 'update account set person_id = $1 where person_id = $2 and withdrawn_at is null', [
    personId,
    mergedId,
  ]);
}
