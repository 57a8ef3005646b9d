import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Flag, Int, List, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { liveEnrolments, lockClass, type TrainingClass } from '../data/classes.js';
import { writer } from '../data/who.js';
import { remember } from '../data/moments.js';
import { reasonsNotToRecordResults } from '../domain/completing.js';

export class CompletionResultInput {
  @Uuid() readonly enrolmentId!: string;
  @Flag() readonly passed!: boolean;
  @Flag({ optional: true, description: '缺考' }) readonly absent?: boolean;
}

export class CompletionResultsInput {
  @Day({ description: '结业考核日期' }) readonly examOn!: string;
  @List(() => CompletionResultInput, 1, 500) readonly results!: CompletionResultInput[];
}

export class CompletionResultsReceipt {
  @Int(1, 500) readonly recorded!: number;
}

/** Record results of the completion exam. A later result supersedes an earlier one; both stay. */
export class RecordCompletionResults extends Command<CompletionResultsReceipt> {
  constructor(
    readonly classId: string,
    readonly exam: CompletionResultsInput,
  ) {
    super();
  }
}

@CommandHandler(RecordCompletionResults)
export class RecordCompletionResultsHandler implements ICommandHandler<RecordCompletionResults> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ classId, exam }: RecordCompletionResults) {
    return this.db.transaction(async (tx) => {
      const into = await lockClass(tx, classId);
      const ids = exam.results.map(({ enrolmentId }) => enrolmentId);
      const absentPassed = exam.results.some(({ passed, absent }) => passed && absent === true);
      const known = await liveEnrolments(tx, classId, ids);
      refuseIf(
        reasonsNotToRecordResults({ ...into, ...known, examOn: exam.examOn, today: this.clock.today(), absentPassed }),
      );

      await this.store(tx, into, exam);
      const counts = { results: ids.length, passed: exam.results.filter(({ passed }) => passed).length };
      await remember(tx, into, 'results-recorded', this.clock.now(), { ...counts, examOn: exam.examOn });
      await this.audit.note({ subject: `class:${classId}`, detail: counts });
      return { recorded: ids.length };
    });
  }

  private async store(tx: EntityManager, into: TrainingClass, { examOn, results }: CompletionResultsInput) {
    const ids = results.map(({ enrolmentId }) => enrolmentId);
    const now = this.clock.now();
    await sql(
      tx,
      `update completion_result set superseded_at = $2 where enrolment_id = any($1::uuid[]) and superseded_at is null`,
      [ids, now],
    );
    await sql(
      tx,
      `insert into completion_result (id, enrolment_id, class_id, organisation_id, city_code, exam_on, passed, absent, recorded_by, recorded_at)
       select id, enrolment, $1, $2, $3, $4, passed, absent, $5, $6
       from unnest($7::uuid[], $8::uuid[], $9::boolean[], $10::boolean[]) as result (id, enrolment, passed, absent)`,
      [
        into.id,
        into.organisationId,
        into.cityCode,
        examOn,
        writer().accountId,
        now,
        ids.map(() => randomUUID()),
        ids,
        results.map(({ passed }) => passed),
        results.map(({ absent }) => absent === true),
      ],
    );
  }
}
