import { Injectable } from '@nestjs/common';
import { CertificatesIssued } from '@shuzheng/contracts';
import { Clock, Database, On, sql } from '@shuzheng/platform';

@Injectable()
export class WhenCertificatesIssued {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** The names in the event are sealed and stay so: this service has no key to them. */
  @On(CertificatesIssued)
  async publish(events: CertificatesIssued[]) {
    const issued = events.flatMap((batch) => batch.certificates.map((certificate) => ({ batch, certificate })));
    const of = (pick: (one: (typeof issued)[number]) => unknown) => issued.map(pick);
    await this.db.transaction((tx) =>
      sql(tx, publish, [
        of(({ certificate }) => certificate.registryNumber),
        of(({ certificate }) => certificate.certificateId),
        of(({ certificate }) => certificate.certificateNumber),
        of(({ certificate }) => certificate.checkDigest),
        of(({ certificate }) => certificate.maskedName),
        of(({ batch }) => batch.subject.occupationCode),
        of(({ batch }) => batch.occupationName),
        of(({ batch }) => batch.subject.edition),
        of(({ batch }) => batch.subject.level),
        of(({ batch }) => batch.subject.direction),
        of(({ batch }) => batch.organisationId),
        of(({ batch }) => batch.organisationName),
        of(({ batch }) => batch.examOn),
        of(({ batch }) => batch.approvedOn),
        of(({ batch }) => batch.awardedOn),
        of(({ certificate }) => certificate.statusIndex),
        of(({ certificate }) => certificate.nameIndex),
        of(({ certificate }) => certificate.snapshotSha256),
        this.clock.now(),
      ]),
    );
  }
}

// What is there already stays as it is: it may have been corrected or revoked since.
const publish = `
  with issued as (
    select * from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
      $10::text[], $11::uuid[], $12::text[], $13::date[], $14::date[], $15::date[], $16::int[], $17::text[], $18::text[])
      as issued (registry_number, certificate_id, certificate_number, check_digest, masked_name, occupation_code, occupation_name,
        edition, level, direction, issuer_id, issuer, exam_on, approved_on, awarded_on, status_index, name_index, snapshot_sha256)
  ), published as (
    insert into certificate (registry_number, certificate_id, certificate_number, check_digest, masked_name, occupation_code,
      occupation_name, edition, level, direction, issuer_id, issuer, exam_on, approved_on, awarded_on, status_index, heard_at)
    select registry_number, certificate_id, certificate_number, check_digest, masked_name, occupation_code,
      occupation_name, edition, level, direction, issuer_id, issuer, exam_on, approved_on, awarded_on, status_index, $19
    from issued
    on conflict (registry_number) do nothing
    returning registry_number
  )
  insert into certificate_version (registry_number, version, kind, since, name_index, snapshot_sha256)
  select registry_number, 1, 'issued', awarded_on, name_index, snapshot_sha256
  from issued join published using (registry_number)`;
