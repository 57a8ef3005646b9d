import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Missing, refuseIf, row, rows, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { MergeReceipt } from '../data/merge-proposals.js';
import { decider } from '../data/who.js';

/** Propose a merge that the registry did not find by itself. Another person approves it. */
export class ProposeMerge extends Command<MergeReceipt> {
  @Uuid({ description: '保留的人员' }) readonly personId!: string;
  @Uuid({ description: '并入的人员' }) readonly otherPersonId!: string;
  @Prose(2, 500, { description: '理由，不写姓名和证件号码' }) readonly reason!: string;
}

@CommandHandler(ProposeMerge)
export class ProposeMergeHandler implements ICommandHandler<ProposeMerge> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ personId, otherPersonId, reason }: ProposeMerge) {
    return this.db.transaction(async (tx) => {
      const merged = await this.anyMerged(tx, [personId, otherPersonId]);
      const known = await row(tx, `select 1 from merge_proposal where (person_id, other_id) in (($1, $2), ($2, $1))`, [
        personId,
        otherPersonId,
      ]);
      refuseIf([...(merged ? ['already-merged'] : []), ...(known ? ['merge-exists'] : [])]);

      const proposalId = randomUUID();
      await sql(
        tx,
        `insert into merge_proposal (id, person_id, other_id, signals, state, found_at, reason, confirmed_by, confirmed_at)
         values ($1, $2, $3, '{by-hand}', 'confirmed', $4, $5, $6, $4)`,
        [proposalId, personId, otherPersonId, this.clock.now(), reason, decider()],
      );
      await this.audit.note({ subject: `person:${personId}`, detail: { proposalId, move: 'propose' } });
      return { proposalId };
    });
  }

  /** Both locked; one person cannot be two entries of a proposal. */
  private async anyMerged(tx: EntityManager, ids: readonly string[]): Promise<boolean> {
    const found = await rows<{ merged: string | null }>(
      tx,
      'select merged_into as merged from person where id = any ($1::uuid[]) order by id for update',
      [ids],
    );
    if (found.length < 2) throw new Missing();
    return found.some(({ merged }) => merged !== null);
  }
}
