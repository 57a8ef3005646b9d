import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Flag, Int, List, OneOf, RowsDecided, Texts, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, Invalid, refuseIf, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { Attachments } from '../data/attachments.js';
import { accountId, type Batch, departmentOnly, lockBatch } from '../data/batches.js';
import { groupedBy, inPieces } from '../data/counting.js';
import { refuseRows } from '../data/refusing.js';
import { openSignals, type OpenSignal, Signals } from '../data/signals.js';
import { faultsOfDecisions, type JudgedRow, type Judgment } from '../domain/judging.js';
import { undecidedStates } from '../domain/row-states.js';

export class DecisionsReceipt {
  @Int(0, 5000) readonly confirmed!: number;
  @Int(0, 5000) readonly returned!: number;
  @Int(0, 10000, { description: '批次中尚未决定的行数' }) readonly undecided!: number;
  @Int(0, 100_000, { optional: true, description: '确认时仍未处理的提示性疑点数；没有时省略' })
  readonly warnings?: number;
}

export class RowDecision {
  @Uuid() readonly rowId!: string;
  @OneOf(['confirm', 'return']) readonly decision!: 'confirm' | 'return';
  @Texts(10, { optional: true, description: '退回原因代码' }) readonly reasons?: string[];
}

/** Either row by row, or everything as it was proposed. */
export class Decisions {
  @List(() => RowDecision, 1, 5000, { optional: true }) readonly rows?: RowDecision[];
  @Flag({ optional: true }) readonly asProposed?: boolean;
}

/** 确认 or 退回, by another person than whoever proposed it; each row once. */
export class DecideRows extends Command<DecisionsReceipt> {
  constructor(
    readonly batchId: string,
    readonly decisions: Decisions,
  ) {
    super();
  }
}

interface Row extends JudgedRow {
  readonly id: string;
  readonly part: number;
  readonly resultId: string;
  readonly personId: string;
  readonly proposal: 'confirm' | 'return' | null;
  readonly reasons: string[] | null;
}

interface Decided extends Judgment {
  readonly row: Row;
}

@CommandHandler(DecideRows)
export class DecideRowsHandler implements ICommandHandler<DecideRows> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly attachments: Attachments,
    private readonly signals: Signals,
  ) {}

  execute({ batchId, decisions }: DecideRows) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      const batch = await lockBatch(tx, batchId);
      await this.signals.assess(tx, batchId);
      const open = await openSignals(tx, batchId);
      const known = flagged(await lockRows(tx, batchId), open);
      const judgments = judgmentsOf(decisions, [...known.values()]);
      const attached = await this.attachments.faults(tx, batchId);
      refuseIf([...attached, ...(judgments.length === 0 ? ['nothing-proposed'] : [])]);
      refuseRows(faultsOfDecisions(judgments, known, accountId()));

      const decided = judgments.flatMap((judgment): Decided[] => {
        const row = known.get(judgment.rowId);
        return row ? [{ ...judgment, row }] : [];
      });
      await this.store(tx, batch, decided);
      const left = await undecidedByPart(tx, batchId);
      this.tell(tx, batch, decided, left);
      const confirmed = decided.filter(({ verdict }) => verdict === 'confirm').length;
      const undecided = [...left.values()].reduce((sum, count) => sum + count, 0);
      const warnings = warningsIn(open, decided);
      const receipt = { confirmed, returned: decided.length - confirmed, undecided, ...(warnings ? { warnings } : {}) };
      await this.audit.note({ subject: `batch:${batchId}`, detail: receipt });
      return receipt;
    });
  }

  private store(tx: EntityManager, { organisationId }: Batch, decided: readonly Decided[]) {
    return sql(tx, decide, [
      decided.map(({ rowId }) => rowId),
      decided.map(({ verdict }) => stateOf(verdict)),
      decided.map(({ verdict, reasons }) => JSON.stringify(verdict === 'return' ? reasons : [])),
      decided.map(({ row }) => row.proposedBy),
      organisationId,
      accountId(),
      this.clock.today(),
      this.clock.now(),
    ]);
  }

  /** Only the last event of a part may say that nothing of it is left. */
  private tell(tx: EntityManager, batch: Batch, decided: readonly Decided[], open: ReadonlyMap<number, number>) {
    const { id: batchId, sessionId, organisationId } = batch;
    for (const [part, all] of groupedBy(decided, ({ row }) => row.part)) {
      let later = all.length;
      for (const piece of inPieces(all)) {
        later -= piece.length;
        announce(tx, RowsDecided, {
          ...{ batchId, part, sessionId, organisationId, decidedOn: this.clock.today() },
          undecided: (open.get(part) ?? 0) + later,
          rows: piece.map(({ rowId, verdict, reasons, row: { resultId, personId } }) => ({
            ...{ rowId, resultId, personId, decision: stateOf(verdict) },
            reasons: verdict === 'return' ? [...reasons] : [],
          })),
        });
      }
    }
  }
}

/** A blocking signal of the batch as a whole stands before every row. */
function flagged(known: ReadonlyMap<string, Row>, signals: readonly OpenSignal[]): Map<string, Row> {
  const blocked = new Set(signals.flatMap(({ rowId, severity }) => (severity === 'blocking' ? [rowId] : [])));
  return new Map([...known].map(([id, row]) => [id, { ...row, signalOpen: blocked.has(id) || blocked.has(null) }]));
}

/** What was open, and no more than advice, when these rows were confirmed. */
function warningsIn(signals: readonly OpenSignal[], decided: readonly Decided[]) {
  const confirmed = new Set(decided.flatMap(({ rowId, verdict }) => (verdict === 'confirm' ? [rowId] : [])));
  return confirmed.size === 0 ? 0 : signals.filter(({ rowId }) => rowId === null || confirmed.has(rowId)).length;
}

const stateOf = (verdict: Judgment['verdict']) => (verdict === 'confirm' ? 'confirmed' : 'returned');

async function lockRows(tx: EntityManager, batchId: string) {
  const found = await rows<Row>(
    tx,
    `select row.id, row.part, state, row.result_id as "resultId", person_id as "personId", received_on is not null as received,
       proposed_by as "proposedBy", proposal, reasons, coalesce(hold.held, false) as held
     from batch_row as row join batch_part using (batch_id, part)
     left join proposal on row_id = row.id and revision = proposal_revision
     left join result_hold as hold using (result_id)
     where batch_id = $1 order by row.id for update of row`,
    [batchId],
  );
  return new Map(found.map((row) => [row.id, row]));
}

function judgmentsOf({ rows, asProposed }: Decisions, known: readonly Row[]): Judgment[] {
  if ((rows === undefined) === (asProposed !== true)) {
    throw new Invalid([{ field: 'rows', check: 'either-rows-or-as-proposed' }]);
  }
  if (rows) return rows.map(({ rowId, decision, reasons = [] }) => ({ rowId, verdict: decision, reasons }));
  return known.flatMap(({ id, state, proposal, reasons }) =>
    state === 'proposed' && proposal ? [{ rowId: id, verdict: proposal, reasons: reasons ?? [] }] : [],
  );
}

async function undecidedByPart(tx: EntityManager, batchId: string) {
  const open = await rows<{ part: number; count: number }>(
    tx,
    'select part, count(*)::int as count from batch_row where batch_id = $1 and state = any($2::text[]) group by part',
    [batchId, undecidedStates],
  );
  return new Map(open.map(({ part, count }) => [part, count]));
}

const decide = `
  with said as (
    select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) as said (row_id, decision, reasons, proposed_by)
  ), moved as (
    update batch_row set state = decision from said where id = row_id and state = 'proposed'
  )
  insert into decision (row_id, organisation_id, decision, reasons, proposed_by, decided_by, decided_on, decided_at)
  select row_id, $5, decision, array(select json_array_elements_text(reasons::json)), proposed_by, $6, $7, $8 from said`;
