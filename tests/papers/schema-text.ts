import pg from 'pg';

const partsOf: readonly string[] = [
  `select 'table ' || c.relname || coalesce(' -- ' || obj_description(c.oid, 'pg_class'), '') as line
   from pg_class c where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
  `select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
     || case when a.attnotnull then ' not null' else '' end || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
     || coalesce(' -- ' || col_description(c.oid, a.attnum), '') as line
   from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
  `select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(co.oid) as line
   from pg_constraint co join pg_class c on c.oid = conrelid
   where co.connamespace = $1::regnamespace and contype <> 'n' and not c.relispartition`,
  `select 'index ' || indexdef as line from pg_indexes where schemaname = $1 and tablename !~ '^event_'`,
  `select 'policy ' || tablename || ' ' || policyname || ' ' || cmd || coalesce(' using ' || qual, '') || coalesce(' check ' || with_check, '') as line
   from pg_policies where schemaname = $1`,
  `select 'function ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ') ' || md5(p.prosrc)
     || case when p.prosecdef then ' security definer' else '' end as line
   from pg_proc p where p.pronamespace = $1::regnamespace`,
];

/** A service's schema as sorted lines: what a reviewer sees change. */
export async function schemaText(url: string, schema: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const lines: string[] = [];
    for (const part of partsOf) {
      const { rows } = await client.query<{ line: string }>(part, [schema]);
      lines.push(...rows.map(({ line }) => line).sort());
    }
    return `${lines.join('\n')}\n`;
  } finally {
    await client.end();
  }
}
