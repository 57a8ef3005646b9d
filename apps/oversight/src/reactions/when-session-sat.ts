import { Injectable } from '@nestjs/common';
import { SessionSat } from '@shuzheng/contracts';
import { Database, On } from '@shuzheng/platform';
import { startClocks } from '../data/clocks.js';

@Injectable()
export class WhenSessionSat {
  constructor(private readonly db: Database) {}

  /** 考核结束: thirty days to report. */
  @On(SessionSat)
  async startTheReportClock(events: SessionSat[]) {
    const starts = events.map(({ sessionId, organisationId, cityCode, lastPaperOn }) => ({
      ...{ subjectId: sessionId, organisationId, cityCode, day0: lastPaperOn },
    }));
    await this.db.transaction((tx) => startClocks(tx, 'result-report', starts));
  }
}
