import { Injectable } from '@nestjs/common';
import { RuleRecorded, RuleWithdrawn } from '@shuzheng/contracts';
import { Clock, Database, On } from '@shuzheng/platform';
import { shareCalendar } from '../data/calendar.js';
import { PART_RULE } from '../data/part-modes.js';
import { recountReturned } from '../data/recounting.js';

@Injectable()
export class WhenPartClockSet {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** A25: the office has set how a part that comes back is counted. The record itself is kept by the platform's copy. */
  @On(RuleRecorded)
  async count(events: RuleRecorded[]) {
    if (events.some(({ rule }) => rule === PART_RULE)) await this.recount();
  }

  @On(RuleWithdrawn)
  async countWithout(_events: RuleWithdrawn[]) {
    await this.recount();
  }

  private async recount() {
    await this.db.transaction(async (tx) => {
      await shareCalendar(tx);
      await recountReturned(tx, this.clock.today());
    });
  }
}
