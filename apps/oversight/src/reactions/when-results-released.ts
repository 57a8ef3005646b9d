import { Injectable } from '@nestjs/common';
import { ResultsReleased } from '@shuzheng/contracts';
import { Database, On } from '@shuzheng/platform';
import { addTo } from '../data/stages.js';

const outcomes = ['passed', 'failed', 'absent', 'violation'] as const;

@Injectable()
export class WhenResultsReleased {
  constructor(private readonly db: Database) {}

  @On(ResultsReleased)
  async count(events: ResultsReleased[]) {
    await this.db.transaction(async (tx) => {
      for (const outcome of outcomes) {
        const counted = events.map(({ sessionId, results }) => ({
          id: sessionId,
          n: results.filter((result) => result.outcome === outcome).length,
        }));
        await addTo(tx, outcome, counted);
      }
    });
  }
}
