import { Injectable } from '@nestjs/common';
import {
  CertificateReinstated,
  CertificateReplaced,
  CertificateRevoked,
  CertificateSuspended,
} from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';

interface Standing {
  readonly certificateId: string;
  readonly on: string;
}

/** What a certificate counts for after it was issued. A revoked one stays so. */
@Injectable()
export class WhenCertificateChanged {
  constructor(private readonly db: Database) {}

  @On(CertificateSuspended)
  suspend(events: CertificateSuspended[]) {
    return this.stand(
      'suspended',
      events.map(({ certificateId, suspendedOn: on }) => ({ certificateId, on })),
    );
  }

  @On(CertificateReinstated)
  reinstate(events: CertificateReinstated[]) {
    return this.stand(
      'issued',
      events.map(({ certificateId, reinstatedOn: on }) => ({ certificateId, on })),
    );
  }

  @On(CertificateRevoked)
  revoke(events: CertificateRevoked[]) {
    return this.stand(
      'revoked',
      events.map(({ certificateId, revokedOn: on }) => ({ certificateId, on })),
    );
  }

  /** The other certificate has been heard of by itself; this one no longer counts. */
  @On(CertificateReplaced)
  replace(events: CertificateReplaced[]) {
    return this.stand(
      'revoked',
      events.map(({ certificateId, replacedOn: on }) => ({ certificateId, on })),
    );
  }

  private stand(standing: string, heard: readonly Standing[]) {
    const changed = latestOf(heard, ({ certificateId }) => certificateId);
    return this.db.transaction((tx) =>
      sql(
        tx,
        `update data_row set standing = $1, standing_since = heard.day
         from unnest($2::uuid[], $3::date[]) as heard (id, day)
         where data_row.certificate_id = heard.id and data_row.standing <> 'revoked'`,
        [standing, changed.map(({ certificateId }) => certificateId), changed.map(({ on }) => on)],
      ),
    );
  }
}
