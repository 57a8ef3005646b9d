import { row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

/** Is every one of these an occupation? */
export async function areOccupations(tx: EntityManager, codes: readonly string[]) {
  const found = await row<{ known: boolean }>(
    tx,
    'select not exists (select code from unnest($1::text[]) as code except select code from occupation) as known',
    [codes],
  );
  return found?.known === true;
}
