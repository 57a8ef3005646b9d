import type pg from 'pg';

/** Whose the made-up rows are, by column, by schema and column, or by table and column. */
export type Owners = Readonly<Record<string, string>>;

interface Column {
  readonly name: string;
  readonly type: string;
  readonly checks: string;
}

const uuid = '00000000-0000-4000-8000-00000000000a';
const values: Readonly<Record<string, string>> = {
  'timestamp with time zone': '2026-03-01T09:00:00+08:00',
  date: '2026-03-01',
  boolean: 'false',
  jsonb: '{}',
  json: '{}',
  bytea: '\\x00',
  uuid,
};

/**
 * Puts one row into each table under row-level security that the journey left empty, owned by the journey's people: a
 * policy that was never asked about a row proves nothing. What a row must fulfil beside is put aside for good.
 */
export async function fillEmptyTables(
  client: pg.Client,
  schemas: readonly string[],
  owners: Owners,
): Promise<string[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select nspname as schema, relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     where nspname = any($1) and relkind in ('r', 'p') and relrowsecurity order by 1, 2`,
    [schemas],
  );
  const filled: string[] = [];
  await client.query('set session_replication_role = replica');
  for (const { schema, name } of rows) {
    const table = `${schema}.${name}`;
    const { rowCount } = await client.query(`select 1 from ${table} limit 1`);
    if (rowCount) continue;
    await fill(client, table, owners);
    filled.push(table);
  }
  await client.query('set session_replication_role = origin');
  return filled;
}

async function fill(client: pg.Client, table: string, owners: Owners) {
  const { rows: columns } = await client.query<Column>(findColumns, [table]);
  const { rows: checks } = await client.query<{ name: string }>(
    `select conname as name from pg_constraint where conrelid = $1::regclass and contype = 'c'`,
    [table],
  );
  for (const { name } of checks) await client.query(`alter table ${table} drop constraint "${name}"`);
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const places = columns.map((_, i) => `$${i + 1}`).join(', ');
  await client.query(
    `insert into ${table} (${names}) values (${places})`,
    columns.map((column) => owned(column, table, owners)),
  );
}

/** An owner's id where the column or the table and the column say so; else what the type and the checks allow. */
function owned({ name, type, checks }: Column, table: string, owners: Owners): string | null {
  const owner = owners[`${table}.${name}`] ?? owners[`${table.split('.')[0] ?? ''}.${name}`] ?? owners[name];
  if (owner !== undefined) return owner;
  const listed = /'([^']+)'::text/.exec(checks)?.[1];
  if (listed) return listed;
  if (type.endsWith('[]')) return '{}';
  if (/^(integer|smallint|bigint|numeric)/.test(type)) return '1';
  return values[type] ?? 'x';
}

const findColumns = `
  select a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
    coalesce((select string_agg(pg_get_constraintdef(c.oid), ' ') from pg_constraint c
      where c.conrelid = a.attrelid and c.contype = 'c' and c.conkey = array[a.attnum]), '') as checks
  from pg_attribute a
  where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity <> 'a'
    and (a.attnotnull or a.attname ~ '(organisation_id|city_code|person_id|account_id|home_id|class_id|session_id|batch_id)$')
  order by a.attnum`;
