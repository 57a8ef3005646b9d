import { Injectable } from '@nestjs/common';
import { ClassCompleted } from '@shuzheng/contracts';
import { Database, On } from '@shuzheng/platform';
import { startClocks } from '../data/clocks.js';
import { addTo } from '../data/stages.js';

@Injectable()
export class WhenClassCompleted {
  constructor(private readonly db: Database) {}

  /** 培训结业: thirty days to report. */
  @On(ClassCompleted)
  async startTheReportClock(events: ClassCompleted[]) {
    await this.db.transaction(async (tx) => {
      const counted = events.map(({ classId, learners }) => ({ id: classId, n: learners.length }));
      await addTo(tx, 'completed', counted);
      const starts = events.map(({ classId, organisationId, cityCode, completedOn }) => ({
        ...{ subjectId: classId, organisationId, cityCode, day0: completedOn },
      }));
      await startClocks(tx, 'training-report', starts);
    });
  }
}
