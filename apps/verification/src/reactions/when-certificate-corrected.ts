import { Injectable } from '@nestjs/common';
import { CertificateCorrected } from '@shuzheng/contracts';
import { Clock, Database, latestOf, On, sql } from '@shuzheng/platform';

@Injectable()
export class WhenCertificateCorrected {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @On(CertificateCorrected)
  async showTheNewVersion(events: CertificateCorrected[]) {
    const current = latestOf(events, ({ registryNumber }) => registryNumber);
    await this.db.transaction(async (tx) => {
      await sql(tx, keep, [
        events.map(({ registryNumber }) => registryNumber),
        events.map(({ version }) => version),
        events.map(({ kind }) => kind),
        events.map(({ correctedOn }) => correctedOn),
        events.map(({ nameIndex }) => nameIndex),
        events.map(({ snapshotSha256 }) => snapshotSha256),
      ]);
      await sql(tx, show, [
        current.map(({ registryNumber }) => registryNumber),
        current.map(({ version }) => version),
        current.map(({ correctedOn }) => correctedOn),
        current.map(({ maskedName }) => maskedName),
        this.clock.now(),
      ]);
    });
  }
}

const keep = `
  insert into certificate_version (registry_number, version, kind, since, name_index, snapshot_sha256)
  select * from unnest($1::text[], $2::int[], $3::text[], $4::date[], $5::text[], $6::text[])
  on conflict do nothing`;

const show = `
  update certificate set version = heard.version, corrected_on = heard.corrected_on, masked_name = heard.masked_name, heard_at = $5
  from unnest($1::text[], $2::int[], $3::date[], $4::text[]) as heard (registry_number, version, corrected_on, masked_name)
  where certificate.registry_number = heard.registry_number and certificate.version < heard.version`;
