import { Injectable } from '@nestjs/common';
import { CertificateReplaced } from '@shuzheng/contracts';
import { Clock, Database, latestOf, On, sql } from '@shuzheng/platform';

@Injectable()
export class WhenCertificateReplaced {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Whoever proves to hold the old one is told that there is a new one, and its number. */
  @On(CertificateReplaced)
  async point(events: CertificateReplaced[]) {
    const heard = latestOf(events, ({ registryNumber }) => registryNumber);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `update certificate set replaced_on = heard.day, replaced_by = heard.by, heard_at = $4
         from unnest($1::text[], $2::date[], $3::text[]) as heard (registry_number, day, by)
         where certificate.registry_number = heard.registry_number`,
        [
          heard.map(({ registryNumber }) => registryNumber),
          heard.map(({ replacedOn }) => replacedOn),
          heard.map(({ byRegistryNumber }) => byRegistryNumber),
          this.clock.now(),
        ],
      ),
    );
  }
}
