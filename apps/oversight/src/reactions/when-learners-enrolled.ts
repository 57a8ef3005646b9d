import { Injectable } from '@nestjs/common';
import { LearnersEnrolled } from '@shuzheng/contracts';
import { Database, On } from '@shuzheng/platform';
import { addTo } from '../data/stages.js';

@Injectable()
export class WhenLearnersEnrolled {
  constructor(private readonly db: Database) {}

  @On(LearnersEnrolled)
  async count(events: LearnersEnrolled[]) {
    const counted = events.map(({ classId, learners }) => ({ id: classId, n: learners.length }));
    await this.db.transaction((tx) => addTo(tx, 'filed', counted));
  }
}
