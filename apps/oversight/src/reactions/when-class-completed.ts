import { Injectable } from '@nestjs/common';
import { ClassCompleted } from '@shuzheng/contracts';
import { Database, On, sql } from '@shuzheng/platform';
import { startClocks } from '../data/clocks.js';
import { reach } from '../data/stages.js';

@Injectable()
export class WhenClassCompleted {
  constructor(private readonly db: Database) {}

  /** 培训结业: thirty days to report. */
  @On(ClassCompleted)
  async startTheReportClock(events: ClassCompleted[]) {
    const learners = events.flatMap(({ learners, completedOn }) =>
      learners.map(({ enrolmentId }) => ({ enrolmentId, completedOn })),
    );
    await this.db.transaction(async (tx) => {
      await reach(
        tx,
        events.map(({ classId, completedOn }) => ({ id: classId, state: 'completed', since: completedOn })),
      );
      await sql(tx, complete, [
        learners.map(({ enrolmentId }) => enrolmentId),
        learners.map(({ completedOn }) => completedOn),
      ]);
      const starts = events.map(({ classId, organisationId, cityCode, completedOn }) => ({
        ...{ subjectId: classId, organisationId, cityCode, day0: completedOn },
      }));
      await startClocks(tx, 'training-report', starts);
    });
  }
}

const complete = `
  update trainee set state = 'completed', since = heard.day
  from unnest($1::uuid[], $2::date[]) as heard (id, day) where trainee.enrolment_id = heard.id`;
