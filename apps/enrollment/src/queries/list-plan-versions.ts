import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, Int, List, Nested, Uuid } from '@shuzheng/contracts';
import { Database, Missing, rows } from '@shuzheng/platform';
import { JudgedBy, judgedBy } from '../data/judged-by.js';
import { PlanChange } from '../data/plan-changes.js';
import { changesBetween, type PlanKind } from '../domain/plan-sections.js';

export class PlanVersion {
  @Int(1, 1000) readonly version!: number;
  @Uuid({ description: '起草人账号' }) readonly preparedBy!: string;
  @Instant() readonly preparedAt!: string;
  @Uuid({ nullable: true, description: '备案人账号' }) readonly filedBy!: string | null;
  @Instant({ nullable: true, description: '未备案的版本为 null' }) readonly filedAt!: string | null;
  @Nested(() => JudgedBy, { nullable: true }) readonly judgedBy!: JudgedBy | null;
  @List(() => PlanChange, 0, 100, { description: '与上一个可见版本相比，逐项的变更' }) readonly changes!: PlanChange[];
}

export class PlanHistory {
  @List(() => PlanVersion, 1, 1000) readonly versions!: PlanVersion[];
}

/** Every version of a plan and what changed in it; officials see the versions that were filed. */
export class ListPlanVersions extends Query<PlanHistory> {
  constructor(
    readonly planId: string,
    readonly kind: PlanKind,
  ) {
    super();
  }
}

type Found = Omit<PlanVersion, 'changes'> & {
  readonly content: Record<string, unknown>;
  readonly before: Record<string, unknown> | null;
};

@QueryHandler(ListPlanVersions)
export class ListPlanVersionsHandler implements IQueryHandler<ListPlanVersions> {
  constructor(private readonly db: Database) {}

  execute({ planId, kind }: ListPlanVersions) {
    return this.db.transaction(async (tx) => {
      const found = await rows<Found & Record<string, unknown>>(
        tx,
        `select written.version, prepared_by as "preparedBy", prepared_at as "preparedAt", filed_by as "filedBy",
           filed_at as "filedAt", ${judgedBy('filing')} as "judgedBy", written.content,
           lag(written.content) over (order by written.version) as before
         from plan_version as written left join filing on filing.plan_id = written.plan_id and filing.version = written.version
         where written.plan_id = $1 and written.kind = $2 order by written.version`,
        [planId, kind],
      );
      if (found.length === 0) throw new Missing();
      return {
        versions: found.map(({ content, before, ...version }) => ({
          ...version,
          changes: changesBetween(kind, before, content),
        })),
      };
    });
  }
}
