import { RowsRemoved } from '@shuzheng/contracts';
import { announce, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { rowActs, undecidedStates } from '../domain/row-states.js';
import { groupedBy, inPieces } from './counting.js';

interface Removed {
  readonly rowId: string;
  readonly resultId: string;
  readonly batchId: string;
  readonly part: number;
  readonly sessionId: string;
  readonly organisationId: string;
  readonly voidedOn: string;
  readonly unsent: boolean;
  readonly open: number;
  readonly unproposed: number;
}

/**
 * Takes the rows of voided results out: one that nobody has decided on leaves its part, one that was confirmed or approved
 * is withheld and never issued, and a number that waits for its signature is given up. What lies with the national office
 * is looked at when its reply comes.
 */
export async function takeOutVoided(tx: EntityManager, results: readonly string[], now: Date): Promise<void> {
  await sql(tx, voidNumbers, [results, now]);
  const ids: string[] = [];
  for (const { from, to } of [rowActs.remove, rowActs.withhold]) {
    const moved = await rows<{ id: string }>(tx, move, [results, to, from]);
    ids.push(...moved.map(({ id }) => id));
  }
  tell(tx, await rows<Removed>(tx, findRemoved, [ids, undecidedStates]));
}

/** Only the last event of a part may say that nothing of it is left. */
function tell(tx: EntityManager, removed: readonly Removed[]) {
  for (const all of groupedBy(removed, ({ batchId, part }) => `${batchId}/${part}`).values()) {
    let later = all.length;
    for (const piece of inPieces(all)) {
      later -= piece.length;
      const [first] = piece;
      if (!first) continue;
      const { batchId, part, sessionId, organisationId, open, unproposed } = first;
      const removedOn = piece.reduce((last, { voidedOn }) => (voidedOn > last ? voidedOn : last), first.voidedOn);
      announce(tx, RowsRemoved, {
        ...{ batchId, part, sessionId, organisationId, removedOn, undecided: open + later, unproposed },
        rows: piece.map(({ rowId, resultId, unsent }) => ({ rowId, resultId, ...(unsent ? { unsent } : {}) })),
      });
    }
  }
}

const voidNumbers = `
  update ledger set state = 'void', live = false, voided_at = $2, void_reason = '成绩已作废'
  from voided_result as void
  where void.result_id = ledger.result_id and ledger.result_id = any($1::uuid[]) and ledger.state = 'allocated'`;

const move = `
  update batch_row as row set state = $2 from voided_result as void
  where void.result_id = row.result_id and row.result_id = any($1::uuid[]) and row.state = any($3::text[])
  returning row.id`;

const findRemoved = `
  select row.id as "rowId", row.result_id as "resultId", row.batch_id as "batchId", row.part, batch.session_id as "sessionId",
    row.organisation_id as "organisationId", void.voided_on as "voidedOn",
    row.state = 'withheld' and not exists (select from package_row where row_id = row.id) as unsent,
    (select count(*)::int from batch_row as other
     where other.batch_id = row.batch_id and other.part = row.part and other.state = any($2::text[])) as open,
    (select count(*)::int from batch_row as other
     where other.batch_id = row.batch_id and other.part = row.part and other.state = 'received') as unproposed
  from batch_row as row join batch on batch.id = row.batch_id join voided_result as void using (result_id)
  where row.id = any($1::uuid[]) order by row.batch_id, row.part, row.number`;
