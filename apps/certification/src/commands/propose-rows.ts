import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, List, OneOf, RowsProposed, Texts, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, Invalid, refuseIf, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { Attachments } from '../data/attachments.js';
import { accountId, type Batch, departmentOnly, lockBatch } from '../data/batches.js';
import { doubtsOf } from '../data/doubts.js';
import { refuseRows } from '../data/refusing.js';
import { Signals } from '../data/signals.js';
import { faultsOfProposals, type JudgedRow, type Judgment } from '../domain/judging.js';
import { undecidedStates } from '../domain/row-states.js';

export class LeftRow {
  @Uuid() readonly rowId!: string;
  @Texts(30, { description: '未处理的疑点；sample-unchecked、sample-not-sound 为抽查未核查或核查有问题' })
  readonly because!: string[];
}

export class ProposalsReceipt {
  @Int(1, 5000) readonly proposed!: number;
  @List(() => LeftRow, 0, 5000, { optional: true, description: '仅 allClean：未提出意见的行及原因' })
  readonly left?: LeftRow[];
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

/** Either row by row, or all that is open but for these, or all in which nothing was noticed. */
export class Proposals {
  @List(() => RowProposal, 1, 5000, { optional: true }) readonly rows?: RowProposal[];
  @OneOf(['confirm'], { optional: true }) readonly all?: string;
  @OneOf(['confirm'], { optional: true, description: '只提出没有疑点、抽查无问题的行，其余列出' })
  readonly allClean?: string;
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
    private readonly attachments: Attachments,
    private readonly signals: Signals,
  ) {}

  execute({ batchId, proposals }: ProposeRows) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      const batch = await lockBatch(tx, batchId);
      // Before the rows are locked, as whoever looks at the signals of a batch locks them in this order.
      await this.signals.assess(tx, batchId);
      const known = await lockRows(tx, batchId);
      const doubts = proposals.allClean === undefined ? undefined : await doubtsOf(tx, batchId);
      const judgments = judgmentsOf(proposals, known, doubts);
      const attached = await this.attachments.faults(tx, batchId);
      refuseIf([...attached, ...(judgments.length === 0 ? ['nothing-to-propose'] : [])]);
      refuseRows(faultsOfProposals(judgments, known));

      await sql(tx, propose, [
        judgments.map(({ rowId }) => rowId),
        judgments.map(({ verdict }) => verdict),
        judgments.map(({ verdict, reasons }) => JSON.stringify(verdict === 'return' ? reasons : [])),
        accountId(),
        this.clock.now(),
      ]);
      await this.tell(tx, batch, judgments);
      const returned = judgments.filter(({ verdict }) => verdict === 'return').length;
      await this.audit.note({ subject: `batch:${batchId}`, detail: { proposed: judgments.length, returned } });
      return { proposed: judgments.length, ...(doubts ? { left: leftRows(known, doubts) } : {}) };
    });
  }

  private async tell(tx: EntityManager, { id: batchId, sessionId, organisationId }: Batch, all: readonly Judgment[]) {
    const parts = await rows<{ part: number; unproposed: number }>(tx, unproposedByPart, [
      batchId,
      all.map(({ rowId }) => rowId),
    ]);
    const proposedOn = this.clock.today();
    for (const part of parts) announce(tx, RowsProposed, { batchId, sessionId, organisationId, proposedOn, ...part });
  }
}

async function lockRows(tx: EntityManager, batchId: string) {
  const found = await rows<JudgedRow & { id: string }>(
    tx,
    `select row.id, state, part.received_on is not null as received, null as "proposedBy", false as held
     from batch_row as row join batch_part as part using (batch_id, part)
     where batch_id = $1 order by row.id for update of row`,
    [batchId],
  );
  return new Map(found.map(({ id, ...row }) => [id, row]));
}

function judgmentsOf(
  { rows, all, allClean, except = [] }: Proposals,
  known: ReadonlyMap<string, JudgedRow>,
  doubts: ReadonlyMap<string, string[]> = new Map(),
): Judgment[] {
  if ([rows, all, allClean].filter((form) => form !== undefined).length !== 1)
    throw new Invalid([{ field: 'rows', check: 'either-rows-or-all' }]);
  if (rows) return rows.map(({ rowId, proposal, reasons = [] }) => ({ rowId, verdict: proposal, reasons }));
  const returned = except.map(({ rowId, reasons }): Judgment => ({ rowId, verdict: 'return', reasons }));
  const left = new Set(returned.map(({ rowId }) => rowId));
  const open = [...known].filter(
    ([id, { state, received }]) => state === 'received' && received && !left.has(id) && !doubts.has(id),
  );
  return [...open.map(([rowId]): Judgment => ({ rowId, verdict: 'confirm', reasons: [] })), ...returned];
}

const leftRows = (known: ReadonlyMap<string, JudgedRow>, doubts: ReadonlyMap<string, string[]>): LeftRow[] =>
  [...doubts].filter(([id]) => known.get(id)?.state === 'received').map(([rowId, because]) => ({ rowId, because }));

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

const unproposedByPart = `
  select part, (count(*) filter (where state = 'received'))::int as unproposed
  from batch_row where batch_id = $1 group by part having bool_or(id = any($2::uuid[])) order by part`;
