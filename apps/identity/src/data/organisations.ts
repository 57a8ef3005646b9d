import { notYetKnown, row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

export interface Organisation {
  readonly id: string;
  readonly role: string;
  readonly cityCode: string;
}

/** An organisation an account may be made for: one that institutions announced, or the operator. */
export async function organisationOf(tx: EntityManager, id: string): Promise<Organisation> {
  const found = await row<Organisation & Record<string, string>>(
    tx,
    'select id, role, city_code as "cityCode" from organisation where id = $1',
    [id],
  );
  if (!found) throw notYetKnown();
  return found;
}
