import { row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

/** Numbers are the issuer's own: another institution may use the same. Issuing takes turns, so none is taken twice. */
export async function numberTaken(
  tx: EntityManager,
  organisationId: string,
  numbers: readonly string[],
): Promise<boolean> {
  if (numbers.length === 0) return false;
  await sql(tx, `select pg_advisory_xact_lock(hashtextextended('training certificates ' || $1, 0))`, [organisationId]);
  const taken = await row(
    tx,
    `select 1 from training_certificate where organisation_id = $1 and number = any($2::text[])
     union all
     select 1 from training_certificate_version where organisation_id = $1 and number = any($2::text[]) limit 1`,
    [organisationId, numbers],
  );
  return taken !== undefined;
}
