import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ClassCompleted, type CompletedLearner, Day, Int, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Calendars, Clock, Database, refuseIf, row, rows, RuleRecords, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { lockClass } from '../data/classes.js';
import { writer } from '../data/who.js';
import { hoursOf } from '../data/hours.js';
import { remember } from '../data/moments.js';
import { reasonsNotToComplete } from '../domain/completing.js';
import { moved } from '../domain/class-states.js';
import { judgeReport } from '../domain/reporting.js';

export class CompletionInput {
  @Day({ description: '结业日期' }) readonly completedOn!: string;
}

export class CompletionReceipt {
  @Uuid() readonly classId!: string;
  @Int(0, 500) readonly completed!: number;
  @Int(0, 500) readonly passed!: number;
}

/** 办理结业: a second person closes the class, and the training report's thirty days begin. */
export class CompleteClass extends Command<CompletionReceipt> {
  constructor(
    readonly classId: string,
    readonly completedOn: string,
  ) {
    super();
  }
}

@CommandHandler(CompleteClass)
export class CompleteClassHandler implements ICommandHandler<CompleteClass> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly rules: RuleRecords,
    private readonly calendars: Calendars,
  ) {}

  execute({ classId, completedOn }: CompleteClass) {
    return this.db.transaction(async (tx) => {
      const of = await lockClass(tx, classId);
      const today = this.clock.today();
      const held = await this.held(tx, classId);
      const setting = { rule: 'day-of-completion', scope: 'programme', day: today };
      const meaning = (await this.rules.find<{ meaning?: string }>(tx, setting))?.value?.meaning;
      const examDayIsCompletion = meaning === 'completion-exam';
      refuseIf(reasonsNotToComplete({ ...held, state: of.state, completedOn, today, examDayIsCompletion }));

      const learners = await closeSeats(tx, classId);
      const due = judgeReport(await this.calendars.load(tx), completedOn, today);
      await sql(
        tx,
        `update training_class set state = $2, completed_on = $3, completed_by = $4, due_on = $5, effective_due_on = $6 where id = $1`,
        [classId, moved(of.state, 'complete'), completedOn, writer().accountId, due.dueOn, due.effectiveDueOn],
      );
      const { planId, organisationId, cityCode, subject } = of;
      announce(tx, ClassCompleted, { classId, planId, organisationId, cityCode, subject, completedOn, learners });
      const counts = { completed: learners.length, passed: learners.filter(({ passed }) => passed).length };
      await remember(tx, of, 'completed', this.clock.now(), { ...counts, completedOn });
      await this.audit.note({ subject: `class:${classId}`, detail: counts });
      return { classId, ...counts };
    });
  }

  /** What the class has to show: its lessons, its results, and who recorded them. */
  private async held(tx: EntityManager, classId: string) {
    const facts = await row<{
      withoutResult: number;
      lastLessonOn: string | null;
      lastExamOn: string | null;
      recordedByDecider: boolean;
    }>(
      tx,
      `select
         (select count(*)::int from enrolment where class_id = $1 and state = 'enrolled' and not exists (
            select from completion_result where enrolment_id = enrolment.id and superseded_at is null)) as "withoutResult",
         (select max(held_on) from lesson where class_id = $1 and removed_at is null) as "lastLessonOn",
         (select max(exam_on) from completion_result join enrolment on enrolment.id = enrolment_id
          where completion_result.class_id = $1 and superseded_at is null and state = 'enrolled') as "lastExamOn",
         exists (select from completion_result where class_id = $1 and recorded_by = $2) as "recordedByDecider"`,
      [classId, writer().accountId],
    );
    if (!facts) throw new Error('a select without a table answers one row');
    return facts;
  }
}

/** Every live seat becomes completed, with its result and the hours of the lessons that were attended. */
const closeSeats = (tx: EntityManager, classId: string): Promise<CompletedLearner[]> =>
  rows<CompletedLearner & Record<string, unknown>>(
    tx,
    `with closed as (
       update enrolment set state = 'completed', passed = result.passed
       from completion_result as result
       where enrolment.class_id = $1 and enrolment.state = 'enrolled'
         and result.enrolment_id = enrolment.id and result.superseded_at is null
       returning enrolment.id, enrolment.person_id, enrolment.passed, enrolment.place, enrolment.hours_carried
     )
     select id as "enrolmentId", person_id as "personId", passed, ${hoursOf('closed')} as hours
     from closed order by place`,
    [classId],
  );
