import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OneOf, Prose, RowsGivenUp, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, Missing, Personal, refuseIf, row, sql } from '@shuzheng/platform';
import { accountId, lockBatch, moveRows } from '../data/batches.js';
import { type ReturnedRow, reasonsNotToGiveUp } from '../domain/giving-up.js';
import { givingUpReasonCodes } from '../domain/row-reasons.js';
import { rowActs } from '../domain/row-states.js';

export class RowGivenUp {
  @Uuid() readonly rowId!: string;
}

export class GivingUp {
  @OneOf(givingUpReasonCodes) readonly reason!: string;
  @Prose(2, 500, { optional: true, description: '说明' }) readonly basis?: string;
}

/**
 * A row that the department or the national office returned and that will not come back: its batch waits for it no longer.
 * Its evaluation institution says so, or the department where nobody answers; no document sets a day for it.
 */
export class GiveUpRow extends Command<RowGivenUp> {
  constructor(
    readonly rowId: string,
    readonly order: GivingUp,
  ) {
    super();
  }
}

interface Found extends ReturnedRow {
  readonly part: number;
  readonly resultId: string;
}

@CommandHandler(GiveUpRow)
export class GiveUpRowHandler implements ICommandHandler<GiveUpRow> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute({ rowId, order: { reason, basis } }: GiveUpRow) {
    return this.db.transaction(async (tx) => {
      const of = await row<{ batchId: string }>(tx, 'select batch_id as "batchId" from batch_row where id = $1', [
        rowId,
      ]);
      if (!of) throw new Missing();
      const batch = await lockBatch(tx, of.batchId);
      const returned = await row<Found>(tx, find, [rowId]);
      if (!returned) throw new Missing();
      refuseIf(reasonsNotToGiveUp(returned));

      const sealed = basis === undefined ? null : this.personal.seal('row_given_up', 'basis_sealed', rowId, basis);
      await sql(tx, insert, [
        ...[rowId, batch.id, batch.organisationId, reason, sealed],
        ...[accountId(), this.clock.today(), this.clock.now(), returned.state],
      ]);
      await moveRows(tx, [rowId], rowActs['give-up'].from, rowActs['give-up'].to);
      const { id: batchId, sessionId, organisationId } = batch;
      const { part, resultId } = returned;
      announce(tx, RowsGivenUp, {
        ...{ batchId, part, sessionId, organisationId, givenUpOn: this.clock.today() },
        rows: [{ rowId, resultId }],
      });
      await this.audit.note({ subject: `batch:${batch.id}`, detail: { rowId, reason } });
      return { rowId };
    });
  }
}

const find = `
  select state, part, result_id as "resultId",
    exists (select from batch_row as later where later.result_id = row.result_id and later.number > row.number
      and later.batch_id = row.batch_id) as "cameBack"
  from batch_row as row where id = $1 for update of row`;

const insert = `
  insert into row_given_up (row_id, batch_id, organisation_id, reason, basis_sealed, given_up_by, given_up_on, given_up_at, was)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
