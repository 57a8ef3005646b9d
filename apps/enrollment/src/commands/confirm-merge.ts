import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { lockProposal, type MergeReceipt } from '../data/merge-proposals.js';
import { decider } from '../data/who.js';
import { faultsOfMerge } from '../domain/merging.js';

export class ConfirmationInput {
  @Uuid({ description: '保留哪一条人员记录' }) readonly keepPersonId!: string;
  @Prose(2, 500, { description: '理由，不写姓名和证件号码' }) readonly reason!: string;
}

/** Say, after looking, that two entries are one person, and which of them stays. */
export class ConfirmMerge extends Command<MergeReceipt> {
  constructor(
    readonly proposalId: string,
    readonly input: ConfirmationInput,
  ) {
    super();
  }
}

@CommandHandler(ConfirmMerge)
export class ConfirmMergeHandler implements ICommandHandler<ConfirmMerge> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ proposalId, input: { keepPersonId, reason } }: ConfirmMerge) {
    return this.db.transaction(async (tx) => {
      const { personId, otherId, state } = await lockProposal(tx, proposalId);
      const isOneOfThem = keepPersonId === personId || keepPersonId === otherId;
      refuseIf([...faultsOfMerge(state, 'confirm'), ...(isOneOfThem ? [] : ['not-in-merge'])]);
      await sql(
        tx,
        `update merge_proposal set state = 'confirmed', person_id = $2, other_id = $3, reason = $4, confirmed_by = $5,
           confirmed_at = $6, decided_by = null, decided_at = null, decided_reason = null where id = $1`,
        [proposalId, keepPersonId, keepPersonId === personId ? otherId : personId, reason, decider(), this.clock.now()],
      );
      await this.audit.note({ subject: `person:${keepPersonId}`, detail: { proposalId, move: 'confirm' } });
      return { proposalId };
    });
  }
}
