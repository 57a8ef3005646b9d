import { Injectable } from '@nestjs/common';
import { RowsProposed } from '@shuzheng/contracts';
import { Database, On } from '@shuzheng/platform';
import { keepUnproposed } from '../data/unproposed.js';

@Injectable()
export class WhenRowsProposed {
  constructor(private readonly db: Database) {}

  /** What was proposed waits for the approver, what was not for the officer. */
  @On(RowsProposed)
  async turn(events: RowsProposed[]) {
    await this.db.transaction((tx) => keepUnproposed(tx, events));
  }
}
