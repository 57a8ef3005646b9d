import { Prose, Uuid } from '@shuzheng/contracts';
import { Missing, row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { MergeState } from '../domain/merging.js';

export class MergeReason {
  @Prose(2, 500, { description: '理由，不写姓名和证件号码' }) readonly reason!: string;
}

export class MergeReceipt {
  @Uuid() readonly proposalId!: string;
}

export interface LockedProposal {
  readonly id: string;
  /** The entry that stays, and the one that becomes an alias of it. */
  readonly personId: string;
  readonly otherId: string;
  readonly state: MergeState;
  readonly confirmedBy: string | null;
}

export async function lockProposal(tx: EntityManager, proposalId: string): Promise<LockedProposal> {
  const found = await row<LockedProposal & Record<string, unknown>>(
    tx,
    `select id, person_id as "personId", other_id as "otherId", state, confirmed_by as "confirmedBy"
     from merge_proposal where id = $1 for update`,
    [proposalId],
  );
  if (!found) throw new Missing();
  return found;
}
