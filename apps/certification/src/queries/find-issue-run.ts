import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Instant, Int, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, Missing, row, rows } from '@shuzheng/platform';

export class HeldRow {
  @Uuid() readonly rowId!: string;
  @Text(1, 30, { description: '登记行号' }) readonly registryRow!: string;
  @OneOf(['certificate-exists', 'certificate-number-taken']) readonly reason!: string;
}

export class IssueRunView {
  @Uuid() readonly id!: string;
  @Uuid() readonly batchId!: string;
  @Day() readonly awardedOn!: string;
  @Instant() readonly startedAt!: string;
  @Int(1, 10000, { description: '已分配登记号（不含作废）' }) readonly allocated!: number;
  @Int(0, 10000, { description: '已颁发' }) readonly issued!: number;
  @Int(0, 10000, { description: '已作废的登记号' }) readonly void!: number;
  @OneOf(['signing', 'done']) readonly state!: string;
  @List(() => HeldRow, 0, 10000, { description: '暂不颁发的行' }) readonly held!: HeldRow[];
}

export class FindIssueRun extends Query<IssueRunView> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(FindIssueRun)
export class FindIssueRunHandler implements IQueryHandler<FindIssueRun> {
  constructor(private readonly db: Database) {}

  execute({ id }: FindIssueRun) {
    return this.db.transaction(async (tx) => {
      const run = await row<Omit<IssueRunView, 'held'>>(tx, find, [id]);
      if (!run) throw new Missing();
      const held = await rows<HeldRow>(
        tx,
        `select row_id as "rowId", registry_row as "registryRow", reason
         from issue_hold join batch_row on id = row_id where run_id = $1 order by number`,
        [id],
      );
      return { ...run, held };
    });
  }
}

const find = `
  select run.id, run.batch_id as "batchId", run.awarded_on as "awardedOn", started_at as "startedAt",
    (count(*) filter (where state <> 'void'))::int as allocated,
    (count(*) filter (where state = 'used'))::int as issued,
    (count(*) filter (where state = 'void'))::int as void,
    case when bool_or(state = 'allocated') then 'signing' else 'done' end as state
  from issue_run as run join ledger on run_id = run.id
  where run.id = $1 group by run.id`;
