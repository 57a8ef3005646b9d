import { canonicalJson, sha256Hex } from '@shuzheng/credentials';
import { row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

export interface LogEntry {
  readonly kind: 'issue' | 'correction' | 'suspension' | 'reinstatement' | 'revocation';
  readonly certificateId: string;
  readonly version: number;
  readonly registryNumber: string;
  readonly snapshotSha256: string;
  readonly salt: string;
  /** What is done more than once to one version tells its times apart by the request it rests on. */
  readonly amendmentId?: string;
}

/**
 * Adds to the log of certificates, in the transaction of what is logged. An entry commits to the record and to the
 * number without telling either; each carries the hash of the one before, so nothing goes in or out unseen.
 */
export async function appendToLog(tx: EntityManager, at: Date, entries: readonly LogEntry[]) {
  const head = await row<{ sequence: number; hash: string }>(tx, 'select sequence::int, hash from log_head for update');
  if (!head) throw new Error('the log has no head');
  let { sequence, hash } = head;
  const linked = entries.map((entry) => {
    const said = saidOf(entry, ++sequence, at);
    const previous = hash;
    hash = sha256Hex(previous + canonicalJson(said));
    return { ...entry, ...said, previous, hash };
  });
  await sql(tx, insert, [
    at,
    linked.map((entry) => entry.sequence),
    linked.map(({ kind }) => kind),
    linked.map(({ certificateId }) => certificateId),
    linked.map(({ version }) => version),
    linked.map(({ commitment }) => commitment),
    linked.map(({ numberCommitment }) => numberCommitment),
    linked.map(({ previous }) => previous),
    linked.map((entry) => entry.hash),
  ]);
  await sql(tx, 'update log_head set sequence = $1, hash = $2', [sequence, hash]);
}

const saidOf = (entry: LogEntry, sequence: number, at: Date) => ({
  sequence,
  at: at.toISOString(),
  kind: entry.kind,
  commitment: sha256Hex(
    [
      entry.salt,
      entry.kind,
      entry.version,
      entry.snapshotSha256,
      ...(entry.amendmentId ? [entry.amendmentId] : []),
    ].join('|'),
  ),
  numberCommitment: sha256Hex(`${entry.salt}|${entry.registryNumber}`),
});

const insert = `
  insert into log_entry (at, sequence, kind, certificate_id, version, commitment, number_commitment, previous_hash, hash)
  select $1::timestamptz, * from unnest($2::bigint[], $3::text[], $4::uuid[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[])`;
