import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Decimal, Flag, Instant, Int, Json, Nested, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Calendars, Clock, Database, Missing, row, RuleRecords } from '@shuzheng/platform';
import { addDays } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';
import { ClassView, trainingClasses } from '../data/class-views.js';
import { figuresOf } from '../data/figures.js';
import { selected } from '../data/select.js';
import { judgeReport } from '../domain/reporting.js';

export class ClassFigures {
  @Int(0, 500) readonly enrolled!: number;
  @Int(0, 500) readonly withdrawn!: number;
  @Int(0, 500) readonly completed!: number;
  @Int(0, 500) readonly passed!: number;
  @Int(0, 500) readonly certificates!: number;
  @Int(0, 10000) readonly lessons!: number;
  @Decimal(0, 100000) readonly hours!: number;
  @Decimal(0, 100000) readonly hoursOnline!: number;
  @Decimal(0, 100000) readonly hoursPractice!: number;
  @Decimal(0, 100, { nullable: true, description: '出勤率' }) readonly attendancePercent!: number | null;
}

export class ReportClock {
  @Day() readonly dueOn!: string;
  @Day() readonly effectiveDueOn!: string;
  @Flag({ description: '暂定' }) readonly provisional!: boolean;
  @Text(1, 100) readonly document!: string;
  @Text(1, 100) readonly article!: string;
}

export class WholeClass extends ClassView {
  @Uuid({ description: '覆盖开班日的目录条目' }) readonly entryId!: string;
  @Instant({ nullable: true }) readonly startedAt!: string | null;
  @Nested(() => ClassFigures) readonly figures!: ClassFigures;
  @Json({ nullable: true, description: '标准学时；待核实时为 null' }) readonly standardHours!: object | null;
  @OneOf(['标准学时已录入', '标准学时未录入']) readonly hoursStatus!: string;
  @Nested(() => ReportClock, { nullable: true, description: '结业后的报送时限' }) readonly report!: ReportClock | null;
  @Uuid({ nullable: true }) readonly reportId!: string | null;
}

export class FindClass extends Query<WholeClass> {
  constructor(readonly classId: string) {
    super();
  }
}

type Found = Omit<WholeClass, 'figures' | 'report' | 'standardHours' | 'hoursStatus'>;

@QueryHandler(FindClass)
export class FindClassHandler implements IQueryHandler<FindClass> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly rules: RuleRecords,
    private readonly calendars: Calendars,
  ) {}

  execute({ classId }: FindClass) {
    return this.db.transaction(async (tx) => {
      const found = await row<Found & Record<string, unknown>>(
        tx,
        `select ${selected(trainingClasses.columns)}, class.entry_id as "entryId", class.started_at as "startedAt",
           (select training_report.id from training_report where class_id = class.id) as "reportId"
         from ${trainingClasses.from} where class.id = $1`,
        [classId],
      );
      if (!found) throw new Missing();
      const standardHours = await this.standardHours(tx, found);
      return {
        ...found,
        figures: await figuresOf(tx, classId),
        standardHours,
        hoursStatus: standardHours ? '标准学时已录入' : '标准学时未录入',
        report: found.completedOn === null ? null : await this.report(tx, found.completedOn),
      };
    });
  }

  /** Nobody guesses them: where the record is 待核实 they are null, and nothing is checked against them. */
  private async standardHours(tx: EntityManager, { subject }: Found): Promise<object | null> {
    const { occupationCode: scope, edition, level } = subject;
    const record = await this.rules.find(tx, { rule: 'hours', scope, edition, level, day: this.clock.today() });
    return record?.value ?? null;
  }

  private async report(tx: EntityManager, completedOn: string): Promise<ReportClock> {
    const calendar = await this.calendars.load(tx);
    const { dueOn, effectiveDueOn, provisional, clock } = judgeReport(calendar, completedOn, addDays(completedOn, 1));
    return { dueOn, effectiveDueOn, provisional, document: clock.document, article: clock.article };
  }
}
