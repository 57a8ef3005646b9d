import { rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { undecidedStates } from '../domain/row-states.js';
import { openSignals } from './signals.js';

/** Why undecided rows of a batch are not clean: their open signals, and samples that were not found sound. */
export async function doubtsOf(tx: EntityManager, batchId: string): Promise<Map<string, string[]>> {
  const open = await rows<{ id: string; outcome: string | null; sampled: boolean; held: boolean }>(tx, findRows, [
    batchId,
    undecidedStates,
  ]);
  const signals = await openSignals(tx, batchId);
  // What is only advice about the batch as a whole makes no single row doubtful.
  const shared = signals.filter(({ rowId, severity }) => rowId === null && severity === 'blocking');
  const doubts = new Map(open.map(({ id }) => [id, shared.map(({ code }) => code)]));
  for (const { rowId, code } of signals) if (rowId !== null) doubts.get(rowId)?.push(code);
  for (const { id, sampled, outcome, held } of open) {
    if (sampled && outcome !== 'sound')
      doubts.get(id)?.push(outcome === null ? 'sample-unchecked' : 'sample-not-sound');
    if (held) doubts.get(id)?.push('result-held');
  }
  return new Map([...doubts].filter(([, because]) => because.length > 0));
}

const findRows = `
  select row.id, outcome, sampled.row_id is not null as sampled, coalesce(hold.held, false) as held
  from batch_row as row
  left join sample_row as sampled on sampled.row_id = row.id
  left join result_hold as hold on hold.result_id = row.result_id
  where row.batch_id = $1 and row.state = any($2::text[]) order by row.number`;
