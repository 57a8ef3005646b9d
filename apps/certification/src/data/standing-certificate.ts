import type { CertificateSnapshot } from '@shuzheng/credentials';
import { Missing, type Personal, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { AmendedCertificate } from '../domain/amending.js';
import { type AmendmentAct, certificateEffects, effectOf } from '../domain/certificate-states.js';
import { rowActs } from '../domain/row-states.js';
import { lockBatch, moveRows } from './batches.js';

/** A certificate as it stands now, with the record of its current version opened. */
export interface StandingCertificate extends AmendedCertificate {
  readonly id: string;
  readonly batchId: string;
  readonly rowId: string;
  readonly organisationId: string;
  readonly registryNumber: string;
  readonly resultId: string;
  readonly personId: string;
  readonly replyId: string;
  readonly approvedOn: string;
  readonly logSalt: string;
  readonly snapshot: CertificateSnapshot;
  readonly snapshotSha256: string;
}

type Stored = Omit<StandingCertificate, 'snapshot'> & { readonly snapshotSealed: string };

/** Loads the certificate under the lock of its batch, like everything that changes it. */
export async function lockCertificate(tx: EntityManager, personal: Personal, id: string): Promise<StandingCertificate> {
  const of = await row<{ batchId: string }>(tx, 'select batch_id as "batchId" from certificate where id = $1', [id]);
  if (!of) throw new Missing();
  await lockBatch(tx, of.batchId);
  const stored = await row<Stored>(tx, lock, [id]);
  if (!stored) throw new Missing();
  const { snapshotSealed, ...certificate } = stored;
  const text = personal.open('certificate_version', 'snapshot_sealed', `${id}:${stored.version}`, snapshotSealed);
  return {
    ...certificate,
    logSalt: personal.open('certificate', 'log_salt_sealed', id, certificate.logSalt),
    snapshot: JSON.parse(text) as CertificateSnapshot,
  };
}

/** Does what was approved to the certificate and to its row in the batch, as the one table of both says. */
export async function change(tx: EntityManager, { id, rowId, version }: StandingCertificate, change: Change) {
  const { act, on } = change;
  const effect = certificateEffects[effectOf(act, version)];
  const { rowCount } = await sql(tx, move, [
    ...[id, effect.to, effect.from, change.version ?? version, change.maskedName ?? null],
    ...[effect.to === 'revoked' ? on : null, effect.to === 'suspended' ? on : null, change.reviewOn ?? null],
  ]);
  if (rowCount !== 1) throw new Error(`a certificate was in no state for ${act}`);
  // Its holder may be examined and certified again.
  if (effect.to === 'revoked') await sql(tx, 'update ledger set live = false where id = $1', [id]);
  // The row of a certificate that gives way goes on with the one that takes its place.
  if (act === 'replace') return;
  const { from, to } = rowActs[effect.row];
  await moveRows(tx, [rowId], from, to);
}

interface Change {
  readonly act: AmendmentAct;
  readonly on: string;
  readonly version?: number;
  readonly maskedName?: string;
  readonly reviewOn?: string | null;
}

const move = `
  update certificate set state = $2, version = $4, masked_name = coalesce($5, masked_name), revoked_on = $6, suspended_on = $7,
    review_on = $8
  where id = $1 and state = any($3::text[])`;

const lock = `
  select certificate.id, certificate.batch_id as "batchId", certificate.row_id as "rowId",
    certificate.organisation_id as "organisationId", certificate.registry_number as "registryNumber",
    certificate.state, certificate.version, log_salt_sealed as "logSalt", certificate.result_id as "resultId",
    certificate.person_id as "personId", certificate.approved_on as "approvedOn", ledger.reply_id as "replyId",
    exists (select from amendment where certificate_id = certificate.id and amendment.state = 'requested') as open,
    snapshot_sealed as "snapshotSealed", snapshot_sha256 as "snapshotSha256"
  from certificate
  join ledger using (id)
  join certificate_version as current on current.certificate_id = certificate.id and current.version = certificate.version
  where certificate.id = $1 for update of certificate`;
