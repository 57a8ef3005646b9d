import type { CertificateSnapshot } from '@shuzheng/credentials';
import { Missing, type Personal, row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { AmendedCertificate } from '../domain/amending.js';
import { rowActs } from '../domain/row-states.js';
import { lockBatch, moveRows } from './batches.js';

/** A certificate as it stands now, with the record of its current version opened. */
export interface StandingCertificate extends AmendedCertificate {
  readonly id: string;
  readonly batchId: string;
  readonly rowId: string;
  readonly organisationId: string;
  readonly registryNumber: string;
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

/** The row of the batch says what became of its certificate. */
export function moveRowOf(tx: EntityManager, { rowId }: StandingCertificate, act: 'correct' | 'revoke') {
  const { from, to } = rowActs[act];
  return moveRows(tx, [rowId], from, to);
}

const lock = `
  select certificate.id, certificate.batch_id as "batchId", certificate.row_id as "rowId",
    certificate.organisation_id as "organisationId", certificate.registry_number as "registryNumber",
    certificate.state, certificate.version, log_salt_sealed as "logSalt",
    snapshot_sealed as "snapshotSealed", snapshot_sha256 as "snapshotSha256"
  from certificate
  join ledger using (id)
  join certificate_version as current on current.certificate_id = certificate.id and current.version = certificate.version
  where certificate.id = $1 for update of certificate`;
