import { actor, Missing, row, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

export interface Batch {
  readonly id: string;
  readonly serial: number;
  readonly sessionId: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly cityCode: string;
  readonly occupationCode: string;
  readonly edition: string;
  readonly level: 'junior' | 'intermediate' | 'senior';
  readonly direction: string;
  readonly examOn: string;
}

/** The batch, locked: whatever changes one of its rows holds this lock first, so that nobody waits in a circle. */
export async function lockBatch(tx: EntityManager, id: string): Promise<Batch> {
  const batch = await row<Batch>(
    tx,
    `select id, serial, session_id as "sessionId", organisation_id as "organisationId", organisation_name as "organisationName",
       city_code as "cityCode", occupation_code as "occupationCode", edition, level, direction, exam_on as "examOn"
     from batch where id = $1 for no key update`,
    [id],
  );
  if (!batch) throw new Missing();
  return batch;
}

export const serialText = (serial: number) => String(serial).padStart(6, '0');

/** The department's own business: for anybody else the thing does not exist. */
export function departmentOnly(): void {
  if (actor().reach !== 'province') throw new Missing();
}

/** Who decides, signs or asks; commands are only ever carried out for an account. */
export function accountId(): string {
  const { accountId } = actor();
  if (accountId === undefined) throw new Missing();
  return accountId;
}

/** Moves rows from one of the states to another; every one of them, or the transaction fails. */
export async function moveRows(tx: EntityManager, ids: readonly string[], from: readonly string[], to: string) {
  const moved = await rows<{ id: string }>(
    tx,
    'update batch_row set state = $3 where id = any($1::uuid[]) and state = any($2::text[]) returning id',
    [ids, from, to],
  );
  if (moved.length !== ids.length)
    throw new Error(`${ids.length - moved.length} rows were not in the state to become ${to}`);
}
