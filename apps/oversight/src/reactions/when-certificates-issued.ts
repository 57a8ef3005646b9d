import { Injectable } from '@nestjs/common';
import { CertificatesIssued } from '@shuzheng/contracts';
import { Database, On } from '@shuzheng/platform';
import { stopClocks } from '../data/clocks.js';
import { addTo } from '../data/stages.js';

@Injectable()
export class WhenCertificatesIssued {
  constructor(private readonly db: Database) {}

  /** The clock of an approval stops when none of its rows waits any more. */
  @On(CertificatesIssued)
  async countAndStop(events: CertificatesIssued[]) {
    await this.db.transaction(async (tx) => {
      const counted = events.map(({ batchId, certificates }) => ({ id: batchId, n: certificates.length }));
      await addTo(tx, 'issued', counted);
      const stops = events
        .filter(({ outstanding }) => outstanding === 0)
        .map(({ batchId, approvedOn, awardedOn }) => ({ subjectId: batchId, approvedOn, on: awardedOn }));
      await stopClocks(tx, 'issue', stops);
    });
  }
}
