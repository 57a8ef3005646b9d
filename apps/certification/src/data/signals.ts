import { Injectable } from '@nestjs/common';
import { Clock, row, rows, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { undecidedStates } from '../domain/row-states.js';
import { type Raised, type SettingInForce, signalsOf, unverifiedIn } from '../domain/signals/rules.js';
import { SignalFactsOf } from './signal-facts.js';

/**
 * Looks at a batch and keeps what holds: raised, changed, or closed because facts changed. Nothing is deleted; other
 * facts open a dismissed signal again. A look is about twenty statements, whatever the size of the batch. It comes after
 * a part arrived and after any fact it rests on changed (`signal-rounds.ts`), and once more inside every proposal, draw
 * and decision, so that nobody decides on stale facts. The department alone sees what was found.
 */
@Injectable()
export class Signals {
  constructor(
    private readonly clock: Clock,
    private readonly factsOf: SignalFactsOf,
  ) {}

  /** Holds the batch's round, so that one look at a time writes and a fact that arrives meanwhile asks for another one. */
  async assess(tx: EntityManager, batchId: string): Promise<void> {
    await sql(tx, 'insert into signal_round (batch_id) values ($1) on conflict do nothing', [batchId]);
    const round = await row<{ asked: number }>(tx, 'select asked from signal_round where batch_id = $1 for update', [
      batchId,
    ]);
    const facts = await this.factsOf.load(tx, batchId, this.clock.today());
    if (!round || !facts) return;
    if (facts.rows.some(({ open }) => open)) {
      const raised = signalsOf(facts, await settingsOn(tx, this.clock.today()));
      await sql(tx, raise, [batchId, this.clock.now(), ...columnsOf(raised)]);
      await sql(tx, close, [
        batchId,
        this.clock.now(),
        raised.map(({ rowId }) => rowId),
        raised.map(({ code }) => code),
        undecidedStates,
      ]);
    }
    await sql(tx, 'update signal_round set done = $2, unverified = $3 where batch_id = $1', [
      batchId,
      round.asked,
      unverifiedIn(facts),
    ]);
  }
}

/** What each rule goes by on a day, where the office has set it. */
export async function settingsOn(tx: EntityManager, day: string): Promise<ReadonlyMap<string, SettingInForce>> {
  const set = await rows<SettingInForce & { code: string }>(
    tx,
    `select distinct on (code) code, "from", parameters as values, source, confidence
     from signal_setting where "from" <= $1 order by code, "from" desc`,
    [day],
  );
  return new Map(set.map(({ code, ...setting }) => [code, setting]));
}

export interface OpenSignal {
  /** Null: the batch as a whole. */
  readonly rowId: string | null;
  readonly code: string;
  readonly severity: string;
}

export const openSignals = (tx: EntityManager, batchId: string) =>
  rows<OpenSignal & Record<string, unknown>>(
    tx,
    `select row_id as "rowId", code, severity from signal where batch_id = $1 and state = 'open' order by code`,
    [batchId],
  );

const columnsOf = (raised: readonly Raised[]) => [
  raised.map(() => randomUUID()),
  raised.map(({ rowId }) => rowId),
  raised.map(({ code }) => code),
  raised.map(({ severity }) => severity),
  raised.map(({ facts }) => JSON.stringify(facts)),
  raised.map(({ setting }) => JSON.stringify(setting)),
];

// A dismissal holds for the facts it was given on: other facts, or a signal that comes back, need another one.
const raise = `
  with kept as (
    insert into signal (batch_id, raised_at, changed_at, id, row_id, code, severity, facts, setting)
    select $1, $2, $2, * from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[])
    on conflict (batch_id, row_id, code) do update set state = 'open', version = signal.version + 1, changed_at = excluded.changed_at,
      severity = excluded.severity, facts = excluded.facts, setting = excluded.setting
    where signal.state = 'closed' or signal.facts <> excluded.facts
    returning id, version, facts, setting
  )
  insert into signal_change (signal_id, version, state, facts, setting, at) select id, version, 'open', facts, setting, $2 from kept`;

// What was said of a row that is decided stays as it was when somebody decided.
const close = `
  with gone as (
    update signal set state = 'closed', version = version + 1, changed_at = $2
    where batch_id = $1 and state <> 'closed'
      and (row_id is null or row_id in (select id from batch_row where batch_id = $1 and state = any($5::text[])))
      and not exists (select from unnest($3::uuid[], $4::text[]) as held (row_id, code)
        where held.code = signal.code and held.row_id is not distinct from signal.row_id)
    returning id, version, facts, setting
  )
  insert into signal_change (signal_id, version, state, facts, setting, reason, at)
  select id, version, 'closed', facts, setting, 'facts-changed', $2 from gone`;
