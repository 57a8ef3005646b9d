import { Injectable } from '@nestjs/common';
import { CertificateRevoked } from '@shuzheng/contracts';
import { Database, On } from '@shuzheng/platform';
import { addTo } from '../data/stages.js';

@Injectable()
export class WhenCertificateRevoked {
  constructor(private readonly db: Database) {}

  @On(CertificateRevoked)
  async count(events: CertificateRevoked[]) {
    const counted = events.map(({ batchId }) => ({ id: batchId, n: 1 }));
    await this.db.transaction((tx) => addTo(tx, 'revoked', counted));
  }
}
