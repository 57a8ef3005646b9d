import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Flag, Int, List, Nested, Sha256, Text, Uuid } from '@shuzheng/contracts';
import { Calendars, Clock, Database, Missing, row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { ClassFigures } from '../data/figure-views.js';
import { digestOfFigures, figuresOf } from '../data/figures.js';
import { OfficeSettings } from '../data/office-settings.js';
import type { ClassState } from '../domain/class-states.js';
import { reasons } from '../domain/reasons.js';
import { gapsOf } from '../domain/report-gaps.js';
import { judgeReport, reasonsNotToReport, statementOf } from '../domain/reporting.js';

export class ReportGap {
  @Code() readonly code!: string;
  @Text(1, 100) readonly title!: string;
  @Int(0, 1000000, { description: '涉及的数量' }) readonly count!: number;
}

export class ReportBar {
  @Code() readonly code!: string;
  @Text(1, 200) readonly title!: string;
}

export class ReportPreview {
  @Uuid() readonly classId!: string;
  @Nested(() => ClassFigures) readonly figures!: ClassFigures;
  @Sha256({ description: '所列数据的摘要；报送时填入 figuresSha256 以确认' }) readonly figuresSha256!: string;
  @List(() => ReportGap, 0, 20, { description: '缺项：提示，不影响报送' }) readonly gaps!: ReportGap[];
  @List(() => ReportBar, 0, 20, { description: '现在不能报送的原因' }) readonly bars!: ReportBar[];
  @Day({ nullable: true }) readonly effectiveDueOn!: string | null;
  @Flag({ nullable: true, description: '今天报送是否按期' }) readonly onTime!: boolean | null;
  @Text(1, 40, { nullable: true }) readonly statement!: string | null;
}

/** What the training report would say if it were filed now. */
export class PreviewTrainingReport extends Query<ReportPreview> {
  constructor(readonly classId: string) {
    super();
  }
}

interface Found {
  readonly state: ClassState;
  readonly completedOn: string | null;
  readonly extendedDueOn: string | null;
  readonly occupationCode: string;
  readonly edition: string;
  readonly level: string;
}

@QueryHandler(PreviewTrainingReport)
export class PreviewTrainingReportHandler implements IQueryHandler<PreviewTrainingReport> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendars: Calendars,
    private readonly settings: OfficeSettings,
  ) {}

  execute({ classId }: PreviewTrainingReport) {
    return this.db.transaction(async (tx) => {
      const found = await classOf(tx, classId);
      const figures = await figuresOf(tx, classId);
      const counted = await missingOf(tx, classId);
      const hoursKnown = (await this.settings.standardHours(tx, found)) !== null;
      return {
        classId,
        figures,
        figuresSha256: digestOfFigures(classId, figures),
        gaps: gapsOf({ ...figures, ...counted, hoursKnown }),
        bars: reasonsNotToReport(found.state, true).map((code) => ({ code, title: titleOf(code) })),
        ...(await this.due(tx, found)),
      };
    });
  }

  private async due(tx: EntityManager, { completedOn, extendedDueOn }: Found) {
    if (completedOn === null) return { effectiveDueOn: null, onTime: null, statement: null };
    const due = judgeReport(await this.calendars.load(tx), completedOn, this.clock.today(), extendedDueOn);
    return { effectiveDueOn: due.effectiveDueOn, onTime: due.onTime, statement: statementOf(due) };
  }
}

const titleOf = (code: string) => (reasons as Readonly<Record<string, { title: string }>>)[code]?.title ?? code;

async function classOf(tx: EntityManager, classId: string): Promise<Found> {
  const found = await row<Found & Record<string, unknown>>(
    tx,
    `select state, completed_on as "completedOn", extended_due_on as "extendedDueOn", occupation_code as "occupationCode", edition, level
     from training_class where id = $1`,
    [classId],
  );
  if (!found) throw new Missing();
  return found;
}

async function missingOf(tx: EntityManager, classId: string) {
  const counted = await row<{ lessonsUnattended: number; lessonsWithoutEvidence: number; withoutAttendance: number }>(
    tx,
    `select
       (select count(*)::int from lesson where class_id = $1 and removed_at is null
          and not exists (select from attendance where lesson_id = lesson.id)) as "lessonsUnattended",
       (select count(*)::int from lesson where class_id = $1 and removed_at is null and mode = 'offline'
          and not exists (select from lesson_evidence where lesson_id = lesson.id)) as "lessonsWithoutEvidence",
       (select count(*)::int from enrolment where class_id = $1 and state <> 'withdrawn'
          and not exists (select from attendance where enrolment_id = enrolment.id)) as "withoutAttendance"`,
    [classId],
  );
  return counted ?? { lessonsUnattended: 0, lessonsWithoutEvidence: 0, withoutAttendance: 0 };
}
