import { actor, Clock, row } from '@shuzheng/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/**
 * 回避: whoever is attached to the evaluation institution of a batch, or to a training institution its rows come from, has
 * no part in deciding on it or on its certificates (A38). By the day on which they act.
 */
@Injectable()
export class Attachments {
  constructor(private readonly clock: Clock) {}

  /** The rule that is broken when whoever acts now is attached to this batch; give the codes to `refuseIf`. */
  async faults(tx: EntityManager, batchId: string): Promise<string[]> {
    const { accountId } = actor();
    if (accountId === undefined) return [];
    const attached = await row(tx, findAttached, [batchId, accountId, this.clock.today()]);
    return attached ? ['officer-attached'] : [];
  }
}

const findAttached = `
  select 1 from known_attachment
  where account_id = $2 and "from" <= $3 and ("to" is null or $3 <= "to") and organisation_id in (
    select organisation_id from batch where id = $1
    union select known_class.organisation_id from batch_row join known_class using (class_id) where batch_id = $1)
  limit 1`;
