import { Injectable } from '@nestjs/common';
import { SessionSat } from '@shuzheng/contracts';
import { Database, On } from '@shuzheng/platform';
import { startClocks } from '../data/clocks.js';
import { reach } from '../data/stages.js';

@Injectable()
export class WhenSessionSat {
  constructor(private readonly db: Database) {}

  /** 考核结束: thirty days to report. */
  @On(SessionSat)
  async startTheReportClock(events: SessionSat[]) {
    const starts = events.map(({ sessionId, organisationId, cityCode, lastPaperOn }) => ({
      ...{ subjectId: sessionId, organisationId, cityCode, day0: lastPaperOn },
    }));
    await this.db.transaction(async (tx) => {
      const reached = events.map(({ sessionId, lastPaperOn }) => ({ id: sessionId, state: 'sat', since: lastPaperOn }));
      await reach(tx, reached);
      await startClocks(tx, 'result-report', starts);
    });
  }
}
