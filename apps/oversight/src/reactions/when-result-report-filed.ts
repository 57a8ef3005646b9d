import { Injectable } from '@nestjs/common';
import { ResultReportFiled } from '@shuzheng/contracts';
import { Database, On } from '@shuzheng/platform';
import { stopClocks } from '../data/clocks.js';

@Injectable()
export class WhenResultReportFiled {
  constructor(private readonly db: Database) {}

  /** The first part stops the clock. No document sets a time limit for a part that was returned. */
  @On(ResultReportFiled)
  async stopTheClock(events: ResultReportFiled[]) {
    const stops = events.map(({ sessionId, filedOn }) => ({ subjectId: sessionId, on: filedOn }));
    await this.db.transaction((tx) => stopClocks(tx, 'result-report', stops));
  }
}
