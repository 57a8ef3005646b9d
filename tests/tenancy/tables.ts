import { expect, it } from '@jest/globals';
import { services } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import type { Tenants } from './world.js';

/** Tables whose rows, or those of a state, everybody may read: facts for all. */
const open = [
  'enrollment.announcement',
  'institutions.city_entry',
  'institutions.directory_batch',
  'institutions.directory_entry',
  'institutions.directory_entry_version',
  'institutions.directory_suspension',
  'institutions.exam_site',
  'institutions.organisation_standing',
  'institutions.rule_record',
];

/** Tables that name an owner and have no row-level security, each with the reason. */
const withoutPolicy: readonly (readonly [RegExp, string])[] = [
  [/\.(audit|withdrawn_access)$/, 'the platform’s: no query of a use case reads it but by what it has already found'],
  [/\.known_(organisation|directory_entry|standing|standing_change|exam_site)$/, 'a copy of what is public'],
  [/^institutions\.organisation(_version)?$/, 'public: the directory’s own facts'],
  [/^verification\./, 'the public model'],
  [/^identity\.operator$/, 'one row of configuration'],
];

interface Table {
  readonly schema: string;
  readonly table: string;
}

export function tablesHold(tenants: Tenants) {
  const guarded = () => rows<Table>(findGuarded);
  const rows = async <T extends object>(sql: string, values: unknown[] = []) =>
    (await tenants.client.query<T>(sql, values)).rows;

  /** What a service sees of its table when it asks without any condition, on behalf of whoever. */
  async function seen({ schema, table }: Table, who: Readonly<Record<string, string>>): Promise<number> {
    const { client } = tenants;
    await client.query('begin');
    try {
      for (const [name, value] of Object.entries({ reach: '', org: '', city: '', person: '', account: '', ...who }))
        await client.query('select set_config($1, $2, true)', [`app.${name}`, value]);
      await client.query(`set local role ${schema}`);
      const { rows: counted } = await client.query<{ count: number }>(
        `select count(*)::int as count from ${schema}.${table}`,
      );
      return counted[0]?.count ?? 0;
    } finally {
      await client.query('rollback');
    }
  }

  const strangers: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['an institution that is new here', { reach: 'organisation', org: randomUUID(), account: randomUUID() }],
    ['an institution without an id', { reach: 'organisation' }],
    ['a city where nothing happened', { reach: 'city', city: '370900', org: randomUUID(), account: randomUUID() }],
    ['a city without a code', { reach: 'city' }],
    ['a learner without any record', { reach: 'self', person: randomUUID(), account: randomUUID() }],
    ['a learner who is nobody', { reach: 'self' }],
    ['the public', { reach: 'public' }],
    ['nobody', { reach: 'none' }],
    ['nobody who says so', {}],
    ['a reach that does not exist', { reach: 'god', org: randomUUID() }],
  ];

  it.each(strangers)('with no condition in the query, %s sees no row', async (_, who) => {
    const found: string[] = [];
    for (const table of await guarded()) {
      const name = `${table.schema}.${table.table}`;
      if (!open.includes(name) && !sharesWith(name, who) && (await seen(table, who)) > 0) found.push(name);
    }
    expect(found).toEqual([]);
  });

  it('the registry itself sees every row, so that the policies are what hides them', async () => {
    const blind: string[] = [];
    for (const table of await guarded()) {
      const [all] = await rows<{ count: number }>(`select count(*)::int as count from ${table.schema}.${table.table}`);
      if (!all?.count || (await seen(table, { reach: 'system' })) !== all.count)
        blind.push(`${table.schema}.${table.table}`);
    }
    expect(blind).toEqual([]);
  });

  it('every table that names an owner has row-level security, or a reason to have none', async () => {
    const bare = await rows<{ name: string }>(findOwned, [services]);
    const unexplained = bare.filter(({ name }) => !withoutPolicy.some(([pattern]) => pattern.test(name)));
    expect(unexplained).toEqual([]);
    expect(withoutPolicy.filter(([pattern]) => !bare.some(({ name }) => pattern.test(name)))).toEqual([]);
  });

  it('no service owns what it reads, passes policies, or reaches into another schema', async () => {
    expect(await rows(findOwning, [services])).toEqual([]);
    expect(await rows(findMighty, [services])).toEqual([]);
    expect(await rows(findReaching, [services])).toEqual([]);
  });

  it('verification’s role reads the public model, and nothing that names a person', async () => {
    const readable = await rows<{ name: string }>(findReadable, ['verification']);
    expect(readable.length).toBeGreaterThan(10);
    expect(readable.filter(({ name }) => !name.startsWith('verification.'))).toEqual([]);
    expect(await rows(findPersonal, ['verification'])).toEqual([]);
  });

  it('what passes the policies on purpose is a function with a fixed search path', async () => {
    expect(await rows(findLoose, [services])).toEqual([]);
  });
}

/** What names nobody: the sessions a learner may apply for; teachers' masked names, for every city. */
const shared: Readonly<Record<string, readonly string[]>> = {
  self: ['assessment.session'],
  city: ['enrollment.known_staff'],
};
const sharesWith = (name: string, { reach = '' }: Readonly<Record<string, string>>) => shared[reach]?.includes(name);

const findGuarded = `
  select nspname as schema, relname as table from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where relrowsecurity and relkind in ('r', 'p') order by 1, 2`;
const findOwned = `
  select nspname || '.' || relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where nspname = any($1) and relkind in ('r', 'p') and not relispartition and not relrowsecurity
    and exists (select from pg_attribute where attrelid = pg_class.oid and not attisdropped
      and attname ~ '(^|_)(organisation_id|person_id|account_id|home_id|city_code)$') order by 1`;
const findOwning = `
  select nspname || '.' || relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where nspname = any($1) and relkind in ('r', 'p', 'v', 'm') and pg_get_userbyid(relowner) = any($1)`;
const findMighty = `
  select rolname from pg_roles where (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb) and rolname = any($1)
  union select m.rolname from pg_auth_members join pg_roles m on m.oid = member where m.rolname = any($1)`;
const findReaching = `
  select role, nspname as schema from unnest($1::text[]) as role, pg_namespace
  where nspname = any($1) and nspname <> role and has_schema_privilege(role, nspname, 'usage')`;
const findReadable = `
  select nspname || '.' || relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where relkind in ('r', 'p', 'v', 'm') and nspname not in ('pg_catalog', 'information_schema')
    and has_schema_privilege($1, nspname, 'usage') and has_table_privilege($1, pg_class.oid, 'select')`;
const findPersonal = `
  select relname, attname from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0
  where relnamespace = $1::regnamespace and relkind in ('r', 'p') and attname ~ '(^|_)(person_id|phone|document_number|display_name|holder_name)'`;
const findLoose = `
  select nspname || '.' || proname as name from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
  where nspname = any($1) and prosecdef and not coalesce(array_to_string(proconfig, ' ') like '%search_path=%', false)`;
