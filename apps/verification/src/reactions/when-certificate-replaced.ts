import { Injectable } from '@nestjs/common';
import { CertificateReplaced } from '@shuzheng/contracts';
import { Clock, Database, latestOf, NotYet, On, rows } from '@shuzheng/platform';

@Injectable()
export class WhenCertificateReplaced {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Whoever proves to hold the old one is told that there is a new one, and its number. Both must be here: an answer never
   * leads to a number that is not found.
   */
  @On(CertificateReplaced)
  async point(events: CertificateReplaced[]) {
    const heard = latestOf(events, ({ registryNumber }) => registryNumber);
    await this.db.transaction(async (tx) => {
      const pointed = await rows(
        tx,
        `update certificate set replaced_on = heard.day, replaced_by = heard.by, heard_at = $4
         from unnest($1::text[], $2::date[], $3::text[]) as heard (registry_number, day, by)
         where certificate.registry_number = heard.registry_number
           and exists (select from certificate as successor where successor.registry_number = heard.by)
         returning certificate.registry_number`,
        [
          heard.map(({ registryNumber }) => registryNumber),
          heard.map(({ replacedOn }) => replacedOn),
          heard.map(({ byRegistryNumber }) => byRegistryNumber),
          this.clock.now(),
        ],
      );
      if (pointed.length < heard.length) throw new NotYet('a certificate or the one that replaces it is not here yet');
    });
  }
}
