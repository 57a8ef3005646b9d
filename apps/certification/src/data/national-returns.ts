import { row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

/** A row that the department returned is resolved once its result has come back, or is void, or it was given up. */
export const openDepartmentReturn = `row.state = 'returned'
  and not exists (select from voided_result as void where void.result_id = row.result_id)
  and not exists (select from batch_row as later where later.result_id = row.result_id and later.number > row.number
    and later.batch_id = row.batch_id)`;

/**
 * Unresolved national returns hold up the issue of their batch (`national-return-open`). No document says so: the dated
 * rule `national-return-blocks-issue` `{blocks:false}` lifts it. A nationally returned row is resolved once its result
 * has come back and was decided, or its result is void, or it was given up. `row` is the returned row's name in the
 * statement.
 */
export const openNationalReturn = `row.state = 'nationally-returned'
  and not exists (select from voided_result as void where void.result_id = row.result_id)
  and not exists (select from batch_row as later where later.result_id = row.result_id and later.number > row.number
    and later.batch_id = row.batch_id and later.state not in ('received', 'proposed', 'removed'))`;

export async function countOpenNationalReturns(tx: EntityManager, batchId: string): Promise<number> {
  const found = await row<{ count: number }>(
    tx,
    `select count(*)::int as count from batch_row as row where row.batch_id = $1 and ${openNationalReturn}`,
    [batchId],
  );
  return found?.count ?? 0;
}
