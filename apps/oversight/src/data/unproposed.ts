import { latestOf, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

export interface Unproposed {
  readonly batchId: string;
  readonly part: number;
  readonly unproposed: number;
}

/** Rows of a part that nobody has proposed anything about: as long as there are any, it is the officer's turn. */
export async function keepUnproposed(tx: EntityManager, heard: readonly Unproposed[]) {
  const latest = latestOf(heard, ({ batchId, part }) => `${batchId}/${part}`);
  if (latest.length === 0) return;
  await sql(tx, keep, [
    latest.map(({ batchId }) => batchId),
    latest.map(({ part }) => part),
    latest.map(({ unproposed }) => unproposed),
  ]);
}

const keep = `
  update clock set unproposed = heard.n
  from unnest($1::uuid[], $2::int[], $3::int[]) as heard (batch_id, part, n)
  where clock.kind = 'confirmation' and clock.subject_id = heard.batch_id and clock.part = heard.part`;
