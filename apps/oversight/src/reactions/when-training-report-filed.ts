import { Injectable } from '@nestjs/common';
import { TrainingReportFiled } from '@shuzheng/contracts';
import { Database, On } from '@shuzheng/platform';
import { stopClocks } from '../data/clocks.js';

@Injectable()
export class WhenTrainingReportFiled {
  constructor(private readonly db: Database) {}

  @On(TrainingReportFiled)
  async stopTheClock(events: TrainingReportFiled[]) {
    const stops = events.map(({ classId, filedOn }) => ({ subjectId: classId, on: filedOn }));
    await this.db.transaction((tx) => stopClocks(tx, 'training-report', stops));
  }
}
