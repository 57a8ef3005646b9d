import { Injectable } from '@nestjs/common';
import { RowsDecided } from '@shuzheng/contracts';
import { Database, On } from '@shuzheng/platform';
import { stopClocks } from '../data/clocks.js';
import { addTo } from '../data/stages.js';

@Injectable()
export class WhenRowsDecided {
  constructor(private readonly db: Database) {}

  /** The clock of a part stops when none of its rows is open any more. */
  @On(RowsDecided)
  async countAndStop(events: RowsDecided[]) {
    await this.db.transaction(async (tx) => {
      for (const decision of ['confirmed', 'returned'] as const) {
        const counted = events.map(({ batchId, rows }) => ({
          id: batchId,
          n: rows.filter((row) => row.decision === decision).length,
        }));
        await addTo(tx, decision, counted);
      }
      const stops = events
        .filter(({ undecided }) => undecided === 0)
        .map(({ batchId, part, decidedOn }) => ({ subjectId: batchId, part, on: decidedOn }));
      await stopClocks(tx, 'confirmation', stops);
    });
  }
}
