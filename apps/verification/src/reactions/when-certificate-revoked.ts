import { Injectable } from '@nestjs/common';
import { CertificateRevoked } from '@shuzheng/contracts';
import { Clock, Database, On, sql } from '@shuzheng/platform';

@Injectable()
export class WhenCertificateRevoked {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** The day becomes public; the reason is nobody's business here and is not kept. */
  @On(CertificateRevoked)
  async showTheDay(events: CertificateRevoked[]) {
    await this.db.transaction((tx) =>
      sql(tx, revoke, [
        events.map(({ registryNumber }) => registryNumber),
        events.map(({ revokedOn }) => revokedOn),
        this.clock.now(),
      ]),
    );
  }
}

const revoke = `
  update certificate set revoked_on = heard.revoked_on, heard_at = $3
  from (
    select registry_number, min(revoked_on) as revoked_on
    from unnest($1::text[], $2::date[]) as heard (registry_number, revoked_on) group by registry_number
  ) as heard
  where certificate.registry_number = heard.registry_number and certificate.revoked_on is null`;
