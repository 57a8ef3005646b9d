import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Instant, Int, List, Nested, Uuid } from '@shuzheng/contracts';
import { Calendars, Clock, Database, Missing, row, rows } from '@shuzheng/platform';
import { batchColumns, batchSeen, BatchView, ConfirmationDueView, type FoundBatch } from '../data/batch-view.js';
import { confirmationDue } from '../domain/confirmation.js';

export class BatchPartView {
  @Int(1, 1000) readonly part!: number;
  @Uuid() readonly reportId!: string;
  @Day({ nullable: true, description: '收到完整数据之日；尚未收齐时为 null' }) readonly receivedOn!: string | null;
  @Instant({ nullable: true }) readonly receivedAt!: string | null;
  @Int(0, 5000, { description: '参考人数' }) readonly sat!: number;
  @Int(0, 5000, { description: '合格人数' }) readonly passed!: number;
  @Int(0, 5000) readonly rows!: number;
  @Int(0, 5000) readonly undecided!: number;
  @Int(0, 5000, { description: '成绩作废而移出的行数' }) readonly removed!: number;
  @Int(0, 5000, { description: '退回后重新报送的行数' }) readonly cameBack!: number;
  @Nested(() => ConfirmationDueView, { nullable: true }) readonly due!: ConfirmationDueView | null;
}

export class BatchDetail extends BatchView {
  @List(() => BatchPartView, 0, 1000) readonly parts!: BatchPartView[];
}

export class FindBatch extends Query<BatchDetail> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(FindBatch)
export class FindBatchHandler implements IQueryHandler<FindBatch> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendars: Calendars,
  ) {}

  execute({ id }: FindBatch) {
    return this.db.transaction(async (tx) => {
      const found = await row<FoundBatch>(tx, findBatch, [id]);
      if (!found) throw new Missing();
      const calendar = await this.calendars.load(tx);
      const dueSince = (day: string | null, extendedTo: string | null) =>
        day === null ? null : confirmationDue(calendar, this.clock.today(), day, extendedTo);
      const parts = await rows<Omit<BatchPartView, 'due'> & { extendedTo: string | null }>(tx, findParts, [id]);
      return {
        ...batchSeen(found, calendar, this.clock.today()),
        parts: parts.map(({ extendedTo, ...part }) => ({
          ...part,
          due: part.undecided > 0 ? dueSince(part.receivedOn, extendedTo) : null,
        })),
      };
    });
  }
}

const columns = Object.entries(batchColumns).map(([as, expression]) => `${expression} as "${as}"`);
const findBatch = `select ${columns.join(', ')} from batch where batch.id = $1`;

const findParts = `
  select part.part, report_id as "reportId", received_on as "receivedOn", received_at as "receivedAt", sat, passed,
    (count(row.id) filter (where state <> 'removed'))::int as rows,
    (count(row.id) filter (where state = 'removed'))::int as removed,
    (count(row.first_row_id))::int as "cameBack",
    (select effective_due_on from extended_due_day as given
     where given.kind = 'confirmation' and given.subject_id = batch_id and given.part = part.part) as "extendedTo",
    (count(*) filter (where state in ('received', 'proposed')))::int as undecided
  from batch_part as part left join batch_row as row using (batch_id, part)
  where batch_id = $1 group by batch_id, part.part order by part.part`;
