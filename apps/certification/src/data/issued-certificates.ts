import { Injectable } from '@nestjs/common';
import { CertificatesIssued } from '@shuzheng/contracts';
import { announce, Clock, Personal, rows, sql } from '@shuzheng/platform';
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { type Batch, moveRows } from './batches.js';
import type { MadeVersion } from './certificate-maker.js';
import { CheckCodes } from './check-codes.js';
import { groupedBy, inPieces } from './counting.js';
import { globalPlace } from './number-ledger.js';
import { appendToLog } from './registry-log.js';
import { rowActs } from '../domain/row-states.js';

/** A number that is bound to a row and waits for its certificate; its id becomes the certificate's. */
export interface Allocation {
  readonly id: string;
  readonly registryNumber: string;
  readonly rowId: string;
  readonly replyId: string;
  readonly resultId: string;
  readonly personId: string;
  readonly certificateNumber: string | null;
  readonly approvedOn: string;
  readonly statusList: number;
  readonly place: number;
  readonly allocatedAt: string;
  readonly name: string;
  readonly nameIndex: string;
  readonly maskedName: string;
  /** The certificate that gives way to this one. */
  readonly replaces?: string;
}

export interface Run {
  readonly id: string;
  readonly batchId: string;
  readonly occupationName: string;
  readonly creditCode: string;
  readonly awardedOn: string;
}

export interface MadeCertificate {
  readonly allocation: Allocation;
  readonly version: MadeVersion;
}

interface Issue {
  readonly batch: Batch;
  readonly run: Run;
}

/** Writes certificates that are made and signed: record, version, log, ledger, row and event, all or nothing. */
@Injectable()
export class IssuedCertificates {
  constructor(
    private readonly clock: Clock,
    private readonly personal: Personal,
    private readonly codes: CheckCodes,
  ) {}

  async write(tx: EntityManager, issue: Issue, made: readonly MadeCertificate[], act: 'issue' | 'replace' = 'issue') {
    const now = this.clock.now();
    const salts = new Map(made.map(({ allocation }) => [allocation.id, randomBytes(16).toString('base64url')]));
    await sql(tx, insertCertificates, this.certificateValues(issue, made, salts));
    await sql(tx, insertVersions, this.versionValues(issue, made));
    const used = await sql(
      tx,
      `update ledger set state = 'used', used_at = $2 where id = any($1::uuid[]) and state = 'allocated'`,
      [made.map(({ allocation }) => allocation.id), now],
    );
    if (used.rowCount !== made.length) throw new Error('a number was used or void already');
    const { from, to } = rowActs[act];
    await moveRows(
      tx,
      made.map(({ allocation }) => allocation.rowId),
      from,
      to,
    );
    await this.tell(tx, issue, made);
    await appendToLog(
      tx,
      now,
      made.map(({ allocation: { id, registryNumber }, version: { snapshotSha256 } }) => ({
        ...{ kind: 'issue' as const, certificateId: id, version: 1, registryNumber, snapshotSha256 },
        salt: salts.get(id) ?? '',
      })),
    );
  }

  private certificateValues(
    { batch, run }: Issue,
    made: readonly MadeCertificate[],
    salts: ReadonlyMap<string, string>,
  ) {
    const of = <T>(value: (allocation: Allocation) => T) => made.map(({ allocation }) => value(allocation));
    return [
      ...[batch.id, batch.organisationId, batch.organisationName, batch.cityCode, batch.occupationCode],
      ...[run.occupationName, batch.edition, batch.level, batch.direction, batch.examOn, run.awardedOn],
      this.clock.now(),
      of(({ id }) => id),
      of(({ registryNumber }) => registryNumber),
      of(({ rowId }) => rowId),
      of(({ resultId }) => resultId),
      of(({ personId }) => personId),
      of(({ certificateNumber }) => certificateNumber),
      of(({ maskedName }) => maskedName),
      of(({ approvedOn }) => approvedOn),
      of(({ id }) => this.personal.seal('certificate', 'log_salt_sealed', id, salts.get(id) ?? '')),
      of(({ replaces }) => replaces ?? null),
    ];
  }

  private versionValues({ batch }: Issue, made: readonly MadeCertificate[]) {
    const sealed = (column: string, text: (version: MadeVersion) => string) =>
      made.map(({ allocation: { id }, version }) =>
        this.personal.seal('certificate_version', column, `${id}:1`, text(version)),
      );
    return [
      batch.organisationId,
      this.clock.now(),
      made.map(({ allocation }) => allocation.id),
      sealed('snapshot_sealed', ({ snapshotText }) => snapshotText),
      made.map(({ version }) => version.snapshotSha256),
      sealed('credential_sealed', ({ credentialText }) => credentialText),
      made.map(({ version }) => version.keyId),
    ];
  }

  /** One event says one approval day: its thirty days stop when nothing of it is left. */
  private async tell(tx: EntityManager, { batch, run }: Issue, made: readonly MadeCertificate[]) {
    const { id: batchId, organisationId, organisationName, occupationCode, edition, level, direction, examOn } = batch;
    const subject = { occupationCode, edition, level, direction };
    const waiting = await waitingByDay(tx, batchId);
    for (const [approvedOn, all] of groupedBy(made, ({ allocation }) => allocation.approvedOn)) {
      let later = all.length;
      for (const piece of inPieces(all)) {
        later -= piece.length;
        announce(tx, CertificatesIssued, {
          ...{ batchId, organisationId, organisationName, subject, occupationName: run.occupationName, examOn },
          ...{ approvedOn, awardedOn: run.awardedOn },
          outstanding: (waiting.get(approvedOn) ?? 0) + later,
          certificates: piece.map((one) => this.told(one)),
        });
      }
    }
  }

  private told({ allocation, version: { snapshot, snapshotSha256 } }: MadeCertificate) {
    const { id, rowId, personId, registryNumber, certificateNumber, nameIndex, maskedName, statusList, place } =
      allocation;
    return {
      ...{
        certificateId: id,
        rowId,
        personId,
        registryNumber,
        certificateNumber,
        nameIndex,
        maskedName,
        snapshotSha256,
      },
      name: snapshot.holderName,
      checkDigest: this.codes.digestOf(registryNumber),
      statusIndex: globalPlace(statusList, place),
    };
  }
}

async function waitingByDay(tx: EntityManager, batchId: string) {
  const found = await rows<{ approvedOn: string; count: number }>(
    tx,
    `select approved_on as "approvedOn", count(*)::int as count
     from batch_row as row join reply_row on row_id = row.id
     where batch_id = $1 and state in ('approved', 'allocated') group by approved_on`,
    [batchId],
  );
  return new Map(found.map(({ approvedOn, count }) => [approvedOn, count]));
}

const insertCertificates = `
  insert into certificate (batch_id, organisation_id, organisation_name, city_code, occupation_code, occupation_name, edition,
    level, direction, exam_on, awarded_on, issued_at, id, registry_number, row_id, result_id, person_id, certificate_number,
    masked_name, approved_on, log_salt_sealed, replaces)
  select $1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::text, $10::date, $11::date,
    $12::timestamptz, *
  from unnest($13::uuid[], $14::text[], $15::uuid[], $16::uuid[], $17::uuid[], $18::text[], $19::text[], $20::date[], $21::text[],
    $22::uuid[])`;

const insertVersions = `
  insert into certificate_version (organisation_id, made_at, corrected_fields, version, certificate_id, snapshot_sealed,
    snapshot_sha256, credential_sealed, key_id)
  select $1::uuid, $2::timestamptz, '{}', 1, *
  from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[])`;
