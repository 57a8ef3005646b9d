import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PersonsMerged } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, row, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { lockProposal, type LockedProposal, type MergeReceipt } from '../data/merge-proposals.js';
import { decider } from '../data/who.js';
import { reasonsNotToMerge } from '../domain/merging.js';

/** Make two entries one person. Every seat, certificate and proof goes over to the entry that stays. */
export class ApproveMerge extends Command<MergeReceipt> {
  constructor(readonly proposalId: string) {
    super();
  }
}

/** Where a person stands; merges reach all of them. */
const holders = ['enrolment', 'training_certificate', 'hours_proof', 'person_amendment'];

@CommandHandler(ApproveMerge)
export class ApproveMergeHandler implements ICommandHandler<ApproveMerge> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ proposalId }: ApproveMerge) {
    return this.db.transaction(async (tx) => {
      const proposal = await lockProposal(tx, proposalId);
      const { personId, otherId: mergedPersonId, state } = proposal;
      const accountId = decider();
      refuseIf(
        reasonsNotToMerge({
          state,
          confirmedByDecider: proposal.confirmedBy === accountId,
          merged: await this.anyMerged(tx, proposal),
          bothIn: await this.bothIn(tx, proposal),
        }),
      );

      for (const holder of holders)
        await sql(tx, `update ${holder} set person_id = $1 where person_id = $2`, [personId, mergedPersonId]);
      // Whoever had been merged into the other one follows, so that one step always leads to the entry that stays.
      await sql(tx, 'update person set merged_into = $1 where id = $2 or merged_into = $2', [personId, mergedPersonId]);
      await sql(tx, `update merge_proposal set state = 'approved', decided_by = $2, decided_at = $3 where id = $1`, [
        proposalId,
        accountId,
        this.clock.now(),
      ]);
      announce(tx, PersonsMerged, { personId, mergedPersonId, mergedAt: this.clock.instant() });
      await this.audit.note({ subject: `person:${personId}`, detail: { proposalId, merged: mergedPersonId } });
      return { proposalId };
    });
  }

  /** Both locked, as enrolment locks them: nobody takes a seat under either meanwhile. */
  private async anyMerged(tx: EntityManager, { personId, otherId }: LockedProposal): Promise<boolean> {
    const both = await rows<{ merged: string | null }>(
      tx,
      'select merged_into as merged from person where id in ($1, $2) order by id for update',
      [personId, otherId],
    );
    return both.some(({ merged }) => merged !== null);
  }

  private async bothIn(tx: EntityManager, { personId, otherId }: LockedProposal): Promise<number> {
    const counted = await row<{ classes: number }>(
      tx,
      `select count(*)::int as classes from enrolment join enrolment as other on other.class_id = enrolment.class_id
       where enrolment.person_id = $1 and other.person_id = $2 and enrolment.state <> 'withdrawn' and other.state <> 'withdrawn'`,
      [personId, otherId],
    );
    return counted?.classes ?? 0;
  }
}
