import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, List, OneOf, Texts, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Invalid, refuseIf, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { accountId, departmentOnly, lockBatch } from '../data/batches.js';
import { refuseRows } from '../data/refusing.js';
import { faultsOfProposals, type JudgedRow, type Judgment } from '../domain/judging.js';
import { undecidedStates } from '../domain/row-states.js';

export class ProposalsReceipt {
  @Int(1, 5000) readonly proposed!: number;
}

export class RowProposal {
  @Uuid() readonly rowId!: string;
  @OneOf(['confirm', 'return']) readonly proposal!: 'confirm' | 'return';
  @Texts(10, { optional: true, description: '退回原因代码' }) readonly reasons?: string[];
}

export class RowToReturn {
  @Uuid() readonly rowId!: string;
  @Texts(10, { description: '退回原因代码' }) readonly reasons!: string[];
}

/** Either row by row, or all that is open but for these. */
export class Proposals {
  @List(() => RowProposal, 1, 5000, { optional: true }) readonly rows?: RowProposal[];
  @OneOf(['confirm'], { optional: true }) readonly all?: string;
  @List(() => RowToReturn, 0, 5000, { optional: true }) readonly except?: RowToReturn[];
}

/** An officer proposes what to decide about the rows of a batch. Until the decision, a later proposal replaces it. */
export class ProposeRows extends Command<ProposalsReceipt> {
  constructor(
    readonly batchId: string,
    readonly proposals: Proposals,
  ) {
    super();
  }
}

@CommandHandler(ProposeRows)
export class ProposeRowsHandler implements ICommandHandler<ProposeRows> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ batchId, proposals }: ProposeRows) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      await lockBatch(tx, batchId);
      const known = await lockRows(tx, batchId);
      const judgments = judgmentsOf(proposals, known);
      refuseIf(judgments.length === 0 ? ['nothing-to-propose'] : []);
      refuseRows(faultsOfProposals(judgments, known));

      await sql(tx, propose, [
        judgments.map(({ rowId }) => rowId),
        judgments.map(({ verdict }) => verdict),
        judgments.map(({ verdict, reasons }) => JSON.stringify(verdict === 'return' ? reasons : [])),
        accountId(),
        this.clock.now(),
      ]);
      const returned = judgments.filter(({ verdict }) => verdict === 'return').length;
      await this.audit.note({ subject: `batch:${batchId}`, detail: { proposed: judgments.length, returned } });
      return { proposed: judgments.length };
    });
  }
}

async function lockRows(tx: EntityManager, batchId: string) {
  const found = await rows<JudgedRow & { id: string }>(
    tx,
    `select row.id, state, part.received_on is not null as received, null as "proposedBy"
     from batch_row as row join batch_part as part using (batch_id, part)
     where batch_id = $1 order by row.id for update of row`,
    [batchId],
  );
  return new Map(found.map(({ id, ...row }) => [id, row]));
}

function judgmentsOf({ rows, all, except = [] }: Proposals, known: ReadonlyMap<string, JudgedRow>): Judgment[] {
  if ((rows === undefined) === (all === undefined)) throw new Invalid([{ field: 'rows', check: 'either-rows-or-all' }]);
  if (rows) return rows.map(({ rowId, proposal, reasons = [] }) => ({ rowId, verdict: proposal, reasons }));
  const returned = except.map(({ rowId, reasons }): Judgment => ({ rowId, verdict: 'return', reasons }));
  const left = new Set(returned.map(({ rowId }) => rowId));
  const open = [...known].filter(([id, { state, received }]) => state === 'received' && received && !left.has(id));
  return [...open.map(([rowId]): Judgment => ({ rowId, verdict: 'confirm', reasons: [] })), ...returned];
}

const propose = `
  with said as (
    select * from unnest($1::uuid[], $2::text[], $3::text[]) as said (row_id, proposal, reasons)
  ), revised as (
    update batch_row set state = 'proposed', proposal_revision = proposal_revision + 1
    from said where id = row_id and state in (${undecidedStates.map((state) => `'${state}'`).join(', ')})
    returning id, proposal_revision as revision, proposal, reasons
  )
  insert into proposal (row_id, revision, proposal, reasons, proposed_by, proposed_at)
  select id, revision, proposal, array(select json_array_elements_text(reasons::json)), $4, $5 from revised`;
