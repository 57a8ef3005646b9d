import { Injectable } from '@nestjs/common';
import { CertificatesIssued } from '@shuzheng/contracts';
import { Database, On, sql } from '@shuzheng/platform';
import { stopClocks } from '../data/clocks.js';

@Injectable()
export class WhenCertificatesIssued {
  constructor(private readonly db: Database) {}

  /** The clock of an approval stops when none of its rows waits any more. */
  @On(CertificatesIssued)
  async keepAndStop(events: CertificatesIssued[]) {
    const all = events.flatMap(({ awardedOn, certificates }) => certificates.map((one) => ({ ...one, awardedOn })));
    await this.db.transaction(async (tx) => {
      await sql(tx, keep, [
        all.map(({ rowId }) => rowId),
        all.map(({ certificateId }) => certificateId),
        all.map(({ awardedOn }) => awardedOn),
      ]);
      const stops = events
        .filter(({ outstanding }) => outstanding === 0)
        .map(({ batchId, approvedOn, awardedOn }) => ({ subjectId: batchId, approvedOn, on: awardedOn }));
      await stopClocks(tx, 'issue', stops);
    });
  }
}

const keep = `
  update data_row set certificate_id = heard.certificate_id, standing = 'issued', standing_since = heard.day
  from unnest($1::uuid[], $2::uuid[], $3::date[]) as heard (row_id, certificate_id, day) where data_row.row_id = heard.row_id`;
