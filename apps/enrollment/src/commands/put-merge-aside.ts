import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { lockProposal, type MergeReceipt } from '../data/merge-proposals.js';
import { decider } from '../data/who.js';
import { faultsOfMerge, mergeMoves } from '../domain/merging.js';

/** Two entries stay two: the officer dismisses what was found, or the approver refuses what was confirmed. */
export class PutMergeAside extends Command<MergeReceipt> {
  constructor(
    readonly proposalId: string,
    readonly move: 'dismiss' | 'refuse',
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(PutMergeAside)
export class PutMergeAsideHandler implements ICommandHandler<PutMergeAside> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ proposalId, move, reason }: PutMergeAside) {
    return this.db.transaction(async (tx) => {
      const { state, personId, confirmedBy } = await lockProposal(tx, proposalId);
      const accountId = decider();
      refuseIf([
        ...faultsOfMerge(state, move),
        ...(move === 'refuse' && confirmedBy === accountId ? ['same-person'] : []),
      ]);
      await sql(
        tx,
        'update merge_proposal set state = $2, decided_by = $3, decided_at = $4, decided_reason = $5 where id = $1',
        [proposalId, mergeMoves[state][move], accountId, this.clock.now(), reason],
      );
      await this.audit.note({ subject: `person:${personId}`, detail: { proposalId, move } });
      return { proposalId };
    });
  }
}
