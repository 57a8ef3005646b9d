import { rows, schedule } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { undecidedStates } from '../domain/row-states.js';

export const ASSESS_SIGNALS = 'assess-signals';
export const ASSESS_OPEN_BATCHES = 'assess-open-batches';

/**
 * Asks for another look at the batches a condition names, as far as something of them is undecided. `$1` is
 * taken: the condition starts at `$2`, and `row` and `batch` are its tables. Asked twice before it was done,
 * it is done once. The lock on the round makes a later fact wait for a look that is under way, so that none is missed.
 */
export async function askForSignals(tx: EntityManager, now: Date, condition: string, values: readonly unknown[]) {
  const asked = await rows<{ batchId: string; round: number; first: boolean }>(
    tx,
    `with open as (
       select distinct batch.id from batch join batch_row as row on row.batch_id = batch.id
       where row.state = any($1::text[]) and (${condition}) order by batch.id
     )
     insert into signal_round (batch_id) select id from open order by id
     on conflict (batch_id) do update set asked = signal_round.asked + 1
     returning batch_id as "batchId", asked as round, asked = done + 1 as first`,
    [undecidedStates, ...values],
  );
  for (const { batchId, round, first } of asked)
    if (first) await schedule(tx, ASSESS_SIGNALS, `${batchId}/${round}`, now, { batchId });
}

/** Rows of any of these persons, under whichever id they go. */
export const rowsOfPersons = `row.person_id in (
  with named as (select unnest($2::uuid[]) as id),
  kept as (select id from named union select person_id from person_alias join named on merged_person_id = named.id)
  select id from kept union select merged_person_id from person_alias join kept on person_id = kept.id)`;
