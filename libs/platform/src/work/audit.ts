import type { EntityManager } from 'typeorm';
import { actor } from '../actor.js';
import type { Clock } from '../clock.js';
import type { Closing, Database } from '../database.js';
import { asking } from '../http/asking.js';

const CHAINS = 8;

/** What a transaction did, for the record. It names things by id and never carries personal data. */
export interface AuditNote {
  readonly operation: string;
  /** `class:<id>` or the like; the service itself where there is no one thing. */
  readonly subject?: string;
  readonly detail?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

/** Writes one audit row for each noted transaction, chained to the row before it, in that same transaction. */
export class Audit implements Closing {
  private readonly notes = new WeakMap<EntityManager, AuditNote>();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Says what the transaction that is open now does. What is said later adds to what was said before. */
  async note(note: Partial<AuditNote>): Promise<void> {
    if (!this.db.joined) throw new Error('an audit note outside of a transaction');
    await this.db.transaction(async (tx) => {
      const before = this.notes.get(tx);
      this.notes.set(tx, {
        operation: note.operation ?? before?.operation ?? asking()?.operation ?? 'unknown',
        ...((note.subject ?? before?.subject) ? { subject: note.subject ?? before?.subject ?? '' } : {}),
        detail: { ...before?.detail, ...note.detail },
      });
    });
  }

  last(tx: EntityManager) {
    const note = this.notes.get(tx);
    if (!note) return undefined;
    this.notes.delete(tx);
    const { accountId, organisationId, correlationId } = actor();
    const subject = note.subject ?? this.db.schema;
    const values = [
      chainOf(subject),
      this.clock.now(),
      note.operation,
      accountId ?? null,
      organisationId ?? null,
      correlationId ?? null,
      subject,
      JSON.stringify(note.detail ?? {}),
    ];
    return { text: append, values };
  }

  /** The first row of each chain whose hash does not follow from the row before it; none when the record is whole. */
  async faults() {
    const { rows } = await this.db.query<{ chain: number; sequence: string }>(check);
    return rows.map(({ chain, sequence }) => ({ chain, sequence: Number(sequence) }));
  }
}

/** Rows about one thing stand in one chain, in their order. */
function chainOf(subject: string) {
  let hash = 0;
  for (let i = 0; i < subject.length; i++) hash = (Math.imul(hash, 31) + subject.charCodeAt(i)) >>> 0;
  return hash % CHAINS;
}

// What a row's hash covers besides the hash before it: everything, each value apart from the next.
const covered = (
  chain: string,
  sequence: string,
  at: string,
  recordedAt: string,
  others: readonly string[],
) => `convert_to(json_build_array(${chain}, ${sequence}, extract(epoch from ${at})::text,
    extract(epoch from ${recordedAt})::text, ${others.join(', ')})::text, 'UTF8')`;

const given = ['$3::text', '$4::uuid', '$5::uuid', '$6::text', '$7::text', '$8::text'];
const stored = ['operation', 'account_id', 'organisation_id', 'correlation_id', 'subject', 'detail'];
const nothing = `decode(repeat('00', 32), 'hex')`;

// The head is locked last of all, so whoever holds it needs nothing more and commits. Without its record nothing is
// done: where a chain has lost its head, the row has no sequence and is refused.
const append = `
  with head as (
    update audit_chain
    set sequence = sequence + 1,
      hash = sha256(hash || ${covered('chain', 'sequence + 1', '$2::timestamptz', 'statement_timestamp()', given)})
    where chain = $1
    returning new.sequence, old.hash as previous, new.hash
  )
  insert into audit (chain, sequence, at, recorded_at, operation, account_id, organisation_id, correlation_id, subject, detail, previous, hash)
  select $1, sequence, $2, statement_timestamp(), ${given.join(', ')}, previous, hash from (values (1)) as one left join head on true`;

const check = `
  with linked as (
    select *, lag(hash) over (partition by chain order by sequence) as before,
      row_number() over (partition by chain order by sequence) as nth
    from audit
  ), last as (
    select distinct on (chain) chain, sequence, hash from audit order by chain, sequence desc
  ), wrong as (
    select chain, sequence from linked
    where sequence <> nth or previous <> coalesce(before, ${nothing})
      or hash <> sha256(previous || ${covered('chain', 'sequence', 'at', 'recorded_at', stored)})
    union all
    select chain, coalesce(last.sequence, head.sequence, 0)
    from generate_series(0, ${CHAINS - 1}) as chain
    left join audit_chain as head using (chain)
    full join last using (chain)
    where head.sequence is distinct from coalesce(last.sequence, 0)
      or head.hash is distinct from coalesce(last.hash, ${nothing})
  )
  select chain, min(sequence) as sequence from wrong group by chain order by chain`;
