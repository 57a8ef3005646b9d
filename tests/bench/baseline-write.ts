import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

const digest = `decode(repeat('ab', 32), 'hex')`;
const statements = [
  `insert into idempotency (scope, key, fingerprint, answer) values ($2::text, $1::text, repeat('a', 64), '{"staffId":"","version":1,"warnings":[]}')`,
  `insert into staff (id, organisation_id, city_code, kind, name_sealed, name_index, masked_name, valid_from, recorded_at)
   values ($1::uuid, $2::uuid, '370100', 'teacher', repeat('s', 60), repeat('i', 43), '欧阳**', '2026-01-01', now())`,
  `insert into staff_qualification (staff_id, nth, organisation_id, city_code, occupation_code, level, certificate, source, valid_from)
   values ($1::uuid, 1, $2::uuid, '370100', '2-02-38-05', 'junior', '高级工程师', '省人力资源社会保障厅', '2020-01-01')`,
  'insert into stream (aggregate, sequence) select $1::text, length($2::text) / 36',
  `insert into event (id, shard, aggregate, sequence, type, data, origin)
   values ($1::text::uuid, 1, $1::text, 1, 'institutions.staff-recorded.v1', json_build_object('staffId', $1::text, 'organisationId', $2::text,
     'kind', 'teacher', 'maskedName', '欧阳**', 'qualifications', '[]', 'from', '2026-01-01'), '{"actor":"system"}')`,
  `insert into unsent (destination, position, shard, bytes, time)
   select 'bench', currval('event_position_seq'), 1, length($1::text) + length($2::text), now()`,
  `with head as (update audit_chain set sequence = sequence + 1, hash = ${digest}
     where chain = abs(hashtext($1::text)) % 8 returning chain, sequence)
   insert into audit (chain, sequence, at, operation, organisation_id, subject, detail, previous, hash)
   select chain, sequence, now(), 'institutions.record-staff', $2::uuid, 'staff:' || $1::text, '{"kind":"teacher"}', ${digest}, ${digest} from head`,
];

/** The rows that a command leaves, written by hand: prepared statements in one transaction, and nothing looked at. */
export async function writeByHand(pool: Pool, organisationId: string) {
  const client = await pool.connect();
  const id = randomUUID();
  try {
    await client.query('begin');
    for (const [i, text] of statements.entries())
      await client.query({ name: `w${i}`, text, values: [id, organisationId] });
    await client.query('commit');
  } finally {
    client.release();
  }
}
