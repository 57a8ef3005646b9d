import { Injectable } from '@nestjs/common';
import { CandidatesQualified } from '@shuzheng/contracts';
import { Database, On } from '@shuzheng/platform';
import { addTo } from '../data/stages.js';

@Injectable()
export class WhenCandidatesQualified {
  constructor(private readonly db: Database) {}

  @On(CandidatesQualified)
  async count(events: CandidatesQualified[]) {
    const counted = events.map(({ sessionId, candidates }) => ({ id: sessionId, n: candidates.length }));
    await this.db.transaction((tx) => addTo(tx, 'entered', counted));
  }
}
