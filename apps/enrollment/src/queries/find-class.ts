import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Flag, Instant, Int, Json, List, Nested, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Calendars, Database, Missing, row, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { ClassView, type FoundClass, trainingClasses, withStatus } from '../data/class-views.js';
import { ClassFigures } from '../data/figure-views.js';
import { figuresOf } from '../data/figures.js';
import { OfficeSettings } from '../data/office-settings.js';
import { selected } from '../data/select.js';
import { type MomentKind, moments } from '../domain/class-moments.js';
import { judgeReport } from '../domain/reporting.js';

export class ReportClock {
  @Day() readonly dueOn!: string;
  @Day() readonly effectiveDueOn!: string;
  @Flag({ description: '暂定' }) readonly provisional!: boolean;
  @Flag({ description: '经省厅批准延期' }) readonly extended!: boolean;
  @Text(1, 100) readonly document!: string;
  @Text(1, 100) readonly article!: string;
}

export class ClassMoment {
  @Code() readonly kind!: string;
  @Text(1, 40) readonly title!: string;
  @Instant() readonly at!: string;
  @Code({ description: '办理的角色；系统自动办理时为 registry' }) readonly role!: string;
  @Json({ description: '人数、日期和代码' }) readonly detail!: object;
}

export class PlanOfClass {
  @Uuid() readonly id!: string;
  @Code() readonly state!: string;
  @Int(1, 10000) readonly plannedSeats!: number;
  @Day() readonly startsOn!: string;
  @Day() readonly endsOn!: string;
}

export class Cancellation {
  @Day() readonly on!: string;
  @Code() readonly reason!: string;
  @Text(1, 500, { nullable: true }) readonly text!: string | null;
}

export class WholeClass extends ClassView {
  @Uuid({ description: '覆盖开班日的目录条目' }) readonly entryId!: string;
  @Instant({ nullable: true }) readonly startedAt!: string | null;
  @Nested(() => ClassFigures) readonly figures!: ClassFigures;
  @Json({ nullable: true, description: '标准学时；待核实时为 null' }) readonly standardHours!: object | null;
  @OneOf(['标准学时已录入', '标准学时未录入']) readonly hoursStatus!: string;
  @Nested(() => ReportClock, { nullable: true, description: '结业后的报送时限' }) readonly report!: ReportClock | null;
  @Uuid({ nullable: true }) readonly reportId!: string | null;
  @Nested(() => PlanOfClass, { description: '已备案的培训计划' }) readonly plan!: PlanOfClass;
  @Nested(() => Cancellation, { nullable: true }) readonly cancelled!: Cancellation | null;
  @List(() => ClassMoment, 0, 100000, { description: '办理经过' }) readonly timeline!: ClassMoment[];
}

export class FindClass extends Query<WholeClass> {
  constructor(readonly classId: string) {
    super();
  }
}

type Found = FoundClass &
  Pick<WholeClass, 'entryId' | 'startedAt' | 'reportId' | 'plan' | 'cancelled'> & {
    readonly extendedDueOn: string | null;
  };

@QueryHandler(FindClass)
export class FindClassHandler implements IQueryHandler<FindClass> {
  constructor(
    private readonly db: Database,
    private readonly settings: OfficeSettings,
    private readonly calendars: Calendars,
  ) {}

  execute({ classId }: FindClass) {
    return this.db.transaction(async (tx) => {
      const found = await row<Found>(
        tx,
        `select ${selected(trainingClasses.columns)}, class.entry_id as "entryId", class.started_at as "startedAt",
           class.extended_due_on as "extendedDueOn",
           (select training_report.id from training_report where class_id = class.id) as "reportId",
           (select json_build_object('id', plan_id, 'state', (select state from training_plan where id = class.plan_id),
              'plannedSeats', seats, 'startsOn', content ->> 'startsOn', 'endsOn', content ->> 'endsOn')
            from filing where filing.id = class.filing_id) as plan,
           case when class.state = 'cancelled' then
             json_build_object('on', cancelled_on, 'reason', cancelled_reason, 'text', cancelled_text) end as cancelled
         from ${trainingClasses.from} where class.id = $1`,
        [classId],
      );
      if (!found) throw new Missing();
      const { extendedDueOn, ...whole } = found;
      const standardHours = await this.settings.standardHours(tx, found.subject);
      return {
        ...withStatus(whole),
        figures: await figuresOf(tx, classId),
        standardHours,
        hoursStatus: standardHours ? '标准学时已录入' : '标准学时未录入',
        report: found.completedOn === null ? null : await this.report(tx, found.completedOn, extendedDueOn),
        timeline: await timelineOf(tx, classId),
      };
    });
  }

  private async report(tx: EntityManager, completedOn: string, extendedTo: string | null): Promise<ReportClock> {
    const due = judgeReport(await this.calendars.load(tx), completedOn, completedOn, extendedTo);
    const { dueOn, effectiveDueOn, provisional, extended, clock } = due;
    return { dueOn, effectiveDueOn, provisional, extended, document: clock.document, article: clock.article };
  }
}

async function timelineOf(tx: EntityManager, classId: string): Promise<ClassMoment[]> {
  const happened = await rows<Omit<ClassMoment, 'title'> & Record<string, unknown>>(
    tx,
    'select kind, role, detail, at from class_moment where class_id = $1 order by place',
    [classId],
  );
  return happened.map((moment) => ({ ...moment, title: moments[moment.kind as MomentKind].title }));
}
