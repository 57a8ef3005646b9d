import { Injectable } from '@nestjs/common';
import { OccupationRecorded, RuleRecorded, RuleWithdrawn } from '@shuzheng/contracts';
import type { EntityManager } from 'typeorm';
import { Database, row, sql } from '../database.js';
import { On } from '../messaging/reactions.js';
import { type Copy, latestOf } from './copy.js';

/** A rule as it stands on a day. A null value is 待核实. */
export interface RuleRecord<Value = object> {
  readonly ruleId: string;
  readonly value: Value | null;
  readonly document: string;
  readonly article: string;
  readonly confidence: string;
}

export interface RuleAsk {
  readonly rule: string;
  /** `programme`, or an occupation code. */
  readonly scope: string;
  readonly edition?: string;
  readonly level?: string;
  readonly day: string;
}

/** The dated rules and the occupations, as institutions announced them. */
@Injectable()
export class RuleRecords {
  constructor(private readonly db: Database) {}

  @On(RuleRecorded)
  async remember(heard: RuleRecorded[]) {
    const events = latestOf(heard, ({ ruleId }) => ruleId);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into known_rule (rule_id, rule, scope, edition, level, value, valid_from, valid_to, document, article, confidence)
         select rule_id, rule, scope, edition, level, nullif(value, 'null')::json, "from", "to", document, article, confidence
         from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::date[], $9::text[], $10::text[], $11::text[])
           as heard (rule_id, rule, scope, edition, level, value, "from", "to", document, article, confidence)
         on conflict (rule_id) do update set value = excluded.value, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
           document = excluded.document, article = excluded.article, confidence = excluded.confidence`,
        [
          events.map(({ ruleId }) => ruleId),
          events.map(({ rule }) => rule),
          events.map(({ scope }) => scope),
          events.map(({ edition }) => edition),
          events.map(({ level }) => level),
          events.map(({ value }) => JSON.stringify(value)),
          events.map(({ from }) => from),
          events.map(({ to }) => to),
          events.map(({ document }) => document),
          events.map(({ article }) => article),
          events.map(({ confidence }) => confidence),
        ],
      ),
    );
  }

  @On(RuleWithdrawn)
  async withdraw(events: RuleWithdrawn[]) {
    await this.db.transaction((tx) =>
      sql(
        tx,
        `update known_rule set withdrawn_on = heard.day
         from unnest($1::uuid[], $2::date[]) as heard (rule, day) where rule_id = heard.rule`,
        [events.map(({ ruleId }) => ruleId), events.map(({ withdrawnOn }) => withdrawnOn)],
      ),
    );
  }

  @On(OccupationRecorded)
  async rememberOccupations(heard: OccupationRecorded[]) {
    const events = latestOf(heard, ({ occupationCode }) => occupationCode);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into known_occupation (code, former_code, name, confidence)
         select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
         on conflict (code) do update set former_code = excluded.former_code, name = excluded.name, confidence = excluded.confidence`,
        [
          events.map(({ occupationCode }) => occupationCode),
          events.map(({ formerCode }) => formerCode),
          events.map(({ name }) => name),
          events.map(({ confidence }) => confidence),
        ],
      ),
    );
  }

  /** The rule that holds on the day; nothing when no record says anything. */
  find<Value = object>(tx: EntityManager, { rule, scope, edition, level, day }: RuleAsk) {
    return row<RuleRecord<Value>>(
      tx,
      `select rule_id as "ruleId", value, document, article, confidence from known_rule
       where rule = $1 and scope = $2 and (edition is null or edition = $3) and (level is null or level = $4)
         and valid_from <= $5 and (valid_to is null or $5 <= valid_to) and (withdrawn_on is null or $5 < withdrawn_on)
       order by level nulls last, edition nulls last, valid_from desc limit 1`,
      [rule, scope, edition ?? null, level ?? null, day],
    );
  }

  occupation(tx: EntityManager, code: string) {
    return row<{ code: string; formerCode: string | null; name: string }>(
      tx,
      'select code, former_code as "formerCode", name from known_occupation where code = $1',
      [code],
    );
  }
}

export const ruleRecords: Copy = {
  name: 'rule-records',
  tables: ['known_rule', 'known_occupation'],
  keeper: RuleRecords,
  schema: `
    create table known_rule (
      rule_id    uuid primary key,
      rule       text not null,
      scope      text not null,
      edition    text,
      level      text,
      value      json,
      valid_from date not null,
      valid_to   date,
      withdrawn_on date,
      document   text not null,
      article    text not null,
      confidence text not null
    );
    comment on table known_rule is 'public | copy of the institutions service; a null value is 待核实';
    create index known_rule_of on known_rule (scope, rule);

    create table known_occupation (
      code        text primary key,
      former_code text,
      name        text not null,
      confidence  text not null
    );
    comment on table known_occupation is 'public | copy of the institutions service';`,
  changes: [
    {
      number: 202,
      name: 'KnowWithdrawnRules',
      schema: 'alter table known_rule add column if not exists withdrawn_on date;',
    },
  ],
};
