import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Int, List, OneOf, recipients, Text, Texts, Uuid } from '@shuzheng/contracts';
import { actor, Database, Missing, row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { PlanChange, ReturnedSection } from '../data/plan-changes.js';
import { recipientOf } from '../data/recipients.js';
import { changesBetween, type PlanKind } from '../domain/plan-sections.js';

export class WhoseReturn {
  @OneOf(recipients, { optional: true, description: '与哪个接收单位退回的版本比较；接收单位自己查看时不需填写' })
  readonly recipient?: string;
}

export class FilingChanges {
  @Uuid() readonly planId!: string;
  @Int(1, 1000, { description: '最近备案的版本' }) readonly version!: number;
  @Int(1, 1000, { nullable: true, description: '所比较的版本：退回的版本，没有退回时为上一次备案的版本' })
  readonly comparedWith!: number | null;
  @Text(1, 40, { nullable: true, description: '退回该版本的接收单位' }) readonly returnedBy!: string | null;
  @List(() => PlanChange, 0, 100) readonly changes!: PlanChange[];
  @List(() => ReturnedSection, 0, 20, { description: '退回时的意见' }) readonly feedback!: ReturnedSection[];
  @Texts(20, { description: '退回时提出、但没有改动的部分' }) readonly unchanged!: string[];
}

/** What has changed since the version that came back: a reviewer reads that and no more. */
export class CompareFilings extends Query<FilingChanges> {
  constructor(
    readonly planId: string,
    readonly recipient: string | undefined,
  ) {
    super();
  }
}

interface Before {
  readonly version: number;
  readonly content: Record<string, unknown>;
  readonly sections: ReturnedSection[] | null;
  readonly recipient: string | null;
}

@QueryHandler(CompareFilings)
export class CompareFilingsHandler implements IQueryHandler<CompareFilings> {
  constructor(private readonly db: Database) {}

  execute({ planId, recipient }: CompareFilings) {
    const reader = actor();
    const whose = reader.reach === 'organisation' ? recipient : recipientOf(reader);
    return this.db.transaction(async (tx) => {
      const latest = await row<{ version: number; kind: PlanKind; content: Record<string, unknown> }>(
        tx,
        'select version, kind, content from filing where plan_id = $1 order by version desc limit 1',
        [planId],
      );
      if (!latest) throw new Missing();
      const before = await this.before(tx, planId, latest.version, whose);
      const changes = changesBetween(latest.kind, before?.content ?? null, latest.content);
      const changed = new Set<string>(changes.map(({ section }) => section));
      const feedback = before?.sections ?? [];
      return {
        planId,
        version: latest.version,
        comparedWith: before?.version ?? null,
        returnedBy: before?.recipient ?? null,
        changes,
        feedback,
        unchanged: feedback.map(({ section }) => section).filter((section) => !changed.has(section)),
      };
    });
  }

  /** The version this recipient sent back last; where it sent none back, the version filed before. */
  private before(tx: EntityManager, planId: string, version: number, recipient: string | undefined) {
    return row<Before & Record<string, unknown>>(
      tx,
      `select filing.version, filing.content, returned.sections, returned.recipient
       from filing left join filing_return as returned
         on returned.filing_id = filing.id and ($3::text is null or returned.recipient = $3)
       where filing.plan_id = $1 and filing.version < $2
       order by returned.id is null, filing.version desc, returned.recipient desc limit 1`,
      [planId, version, recipient ?? null],
    );
  }
}
