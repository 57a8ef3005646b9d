import { Injectable } from '@nestjs/common';
import { CertificateReinstated, CertificateSuspended } from '@shuzheng/contracts';
import { Clock, Database, latestOf, On, sql } from '@shuzheng/platform';

@Injectable()
export class WhenCertificateSuspended {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** The day becomes public; the reason is nobody's business here and is not kept. */
  @On(CertificateSuspended)
  async suspend(events: CertificateSuspended[]) {
    const heard = latestOf(events, ({ registryNumber }) => registryNumber);
    await this.show('suspended_on = heard.day, reinstated_on = null', heard, ({ suspendedOn }) => suspendedOn);
  }

  @On(CertificateReinstated)
  async reinstate(events: CertificateReinstated[]) {
    const heard = latestOf(events, ({ registryNumber }) => registryNumber);
    await this.show('suspended_on = null, reinstated_on = heard.day', heard, ({ reinstatedOn }) => reinstatedOn);
  }

  private show<E extends { registryNumber: string }>(change: string, heard: readonly E[], day: (event: E) => string) {
    return this.db.transaction((tx) =>
      sql(
        tx,
        `update certificate set ${change}, heard_at = $3
         from unnest($1::text[], $2::date[]) as heard (registry_number, day)
         where certificate.registry_number = heard.registry_number`,
        [heard.map(({ registryNumber }) => registryNumber), heard.map(day), this.clock.now()],
      ),
    );
  }
}
