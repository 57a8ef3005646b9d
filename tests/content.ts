import { Personal } from '@shuzheng/platform';
import { createHash } from 'node:crypto';

type Query = <Row extends Record<string, unknown>>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

// What carries events and work is no content: it grows by being used.
const machinery = [
  'event',
  'stream',
  'unsent',
  'lease',
  'relay',
  'cursor',
  'held',
  'unreadable',
  'audit',
  'audit_chain',
  'timer',
  'idempotency',
  'migration',
  'demo_clock',
];

/** The content of every table of these schemas, with what is sealed opened: nonces differ each time a text is sealed. */
export async function contentOf(query: Query, schemas: readonly string[], keys: string) {
  const tables = await query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any($1) and c.relname <> all($2) order by 1, 2`,
    [schemas, machinery],
  );
  const digests: Record<string, string> = {};
  for (const { schema, name } of tables) {
    const rows = await query(`select * from ${schema}.${name}`);
    const lines = rows.map((row) => JSON.stringify(opened(keys, schema, name, row))).sort();
    digests[`${schema}.${name} (${rows.length})`] = createHash('sha256').update(lines.join('\n')).digest('hex');
  }
  return digests;
}

function opened(keys: string, schema: string, table: string, row: Record<string, unknown>) {
  const personal = new Personal(schema, ['seal'], { keys, profile: 'demo' });
  const id = String(row['id'] ?? row['person_id'] ?? row['enrolment_id']);
  return Object.fromEntries(
    // When something was heard is no content either: the second time is later.
    Object.entries({ ...row, heard_at: null }).map(([column, value]) =>
      column.endsWith('_sealed') && table.startsWith('known_')
        ? [column, personal.open(table, column, id, String(value))]
        : [column, value],
    ),
  );
}
