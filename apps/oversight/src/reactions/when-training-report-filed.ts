import { Injectable } from '@nestjs/common';
import { TrainingReportFiled } from '@shuzheng/contracts';
import { Database, On } from '@shuzheng/platform';
import { stopClocks } from '../data/clocks.js';
import { reach } from '../data/stages.js';

@Injectable()
export class WhenTrainingReportFiled {
  constructor(private readonly db: Database) {}

  @On(TrainingReportFiled)
  async stopTheClock(events: TrainingReportFiled[]) {
    await this.db.transaction(async (tx) => {
      const reached = events.map(({ classId, filedOn }) => ({ id: classId, state: 'reported', since: filedOn }));
      await reach(tx, reached);
      const stops = events.map(({ classId, filedOn }) => ({ subjectId: classId, on: filedOn }));
      await stopClocks(tx, 'training-report', stops);
    });
  }
}
