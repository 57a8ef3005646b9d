import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ServiceName } from '@shuzheng/contracts';
import { randomBytes } from 'node:crypto';
import { BadConfiguration } from './config.js';
import { migrate, migrationsOf, sqlMigration } from './migrate.js';
import type { Service } from './service.js';
import { asSuperuser, TEST_SECRET } from './testing/index.js';
import { sample } from './testing/sample-service.js';

const databases: string[] = [];
afterAll(() =>
  asSuperuser(async (client) => {
    for (const name of databases) await client.query(`drop database if exists ${name} with (force)`);
    for (const role of [`${fresh}_owner`, fresh]) await client.query(`drop role if exists ${role}`);
  }),
);

/** An empty database, for this file alone. */
async function aDatabase() {
  const name = `migrate_${randomBytes(6).toString('hex')}`;
  databases.push(name);
  await asSuperuser((client) => client.query(`create database ${name} template template0`));
  const adminUrl = Object.assign(new URL(process.env['TEST_POSTGRES_URL'] ?? ''), { pathname: `/${name}` }).href;
  const run = (services: readonly Service[] = [sample]) => migrate(services, { adminUrl, databaseSecret: TEST_SECRET });
  return { name, adminUrl, run };
}

// A service whose roles no other test has made yet.
const fresh = `fresh_${randomBytes(4).toString('hex')}`;
const newcomer: Service = { ...sample, name: fresh as ServiceName };
const withTables = (schema: string): Service => ({
  ...sample,
  migrations: [...sample.migrations, sqlMigration(1002, 'MoreTables', schema)],
});

/** Everything in a schema that a migration could change. */
const catalogue = (database: string, schema: string) =>
  asSuperuser(async (client) => {
    const { rows } = await client.query(
      `select relname, relkind, relacl::text, relrowsecurity, obj_description(oid, 'pg_class'),
         (select json_agg(row(attname, atttypid, attnotnull, col_description(attrelid, attnum)) order by attnum)
          from pg_attribute where attrelid = pg_class.oid and attnum > 0) as columns
       from pg_class where relnamespace = $1::regnamespace order by relname`,
      [schema],
    );
    const { rows: run } = await client.query(`select * from ${schema}.migration order by id`);
    const { rows: functions } = await client.query(
      `select proname, prosrc, proacl::text from pg_proc where pronamespace = $1::regnamespace order by proname`,
      [schema],
    );
    return { rows, run, functions };
  }, database);

describe('the migration command', () => {
  let first: Awaited<ReturnType<typeof aDatabase>>;
  beforeAll(async () => {
    first = await aDatabase();
    await first.run();
  });

  it('runs every migration of a service in its order', async () => {
    const { run } = await catalogue(first.name, sample.name);

    expect(run.map(({ name }) => name)).toEqual(migrationsOf(sample).map((migration) => new migration().name));
  });

  it('changes nothing when it runs again', async () => {
    const before = await catalogue(first.name, sample.name);

    await first.run();

    expect(await catalogue(first.name, sample.name)).toEqual(before);
  });

  it('adds what is new and leaves the rest alone', async () => {
    const { name, run } = await aDatabase();
    await run();

    await run([withTables(`create table later (id int); comment on table later is 'internal | later'`)]);

    const { run: ran } = await catalogue(name, sample.name);
    expect(ran.at(-1)?.name).toBe('MoreTables1790000001002');
    expect(ran.length).toBe(migrationsOf(sample).length + 1);
  });

  it('runs once when two are started at the same moment', async () => {
    const { name, run } = await aDatabase();

    await Promise.all([run(), run(), run()]);

    const { run: ran } = await catalogue(name, sample.name);
    expect(ran.length).toBe(migrationsOf(sample).length);
  });

  it('makes roles that nobody has made yet, in several databases of one cluster at the same moment', async () => {
    const all = await Promise.all([aDatabase(), aDatabase(), aDatabase()]);

    await Promise.all(all.map(({ run }) => run([newcomer])));

    for (const { name } of all) expect((await catalogue(name, fresh)).rows.length).toBeGreaterThan(10);
  });

  it('leaves nothing of a migration that failed, and goes on from there', async () => {
    const { name, run } = await aDatabase();
    await run();
    const before = await catalogue(name, sample.name);

    await expect(run([withTables('create table half (id int); select 1 / 0')])).rejects.toThrow();

    expect(await catalogue(name, sample.name)).toEqual(before);
    await run([withTables(`create table half (id int); comment on table half is 'internal | whole'`)]);
    expect((await catalogue(name, sample.name)).rows.map(({ relname }) => relname)).toContain('half');
  });

  it('says in one line that no database answers', async () => {
    const adminUrl = 'postgres://postgres:x@127.0.0.1:1/postgres';

    const error: unknown = await migrate([sample], { adminUrl }).catch((error: unknown) => error);

    expect(error).toBeInstanceOf(BadConfiguration);
    expect(String((error as Error).message)).toMatch(/^ADMIN_DATABASE_URL: no database answers there/);
  });
});

describe('a migration is refused', () => {
  it.each([
    ['with a table that says nothing', 'create table bare (id int)', 'bare'],
    ['with a table of no class', `create table bare (id int); comment on table bare is 'secret | x'`, 'bare'],
    ['with a table without a purpose', `create table bare (id int); comment on table bare is 'internal | '`, 'bare'],
    [
      'with a sealed column that does not say how it is masked',
      `create table bare (name_sealed text); comment on table bare is 'sealed | x';
       comment on column bare.name_sealed is 'sealed | x'`,
      'bare.name_sealed',
    ],
    [
      'with a blind index that says nothing',
      `create table bare (name_index text); comment on table bare is 'sealed | x'`,
      'bare.name_index',
    ],
    ['with a partitioned table that says nothing', 'create table bare (id int) partition by range (id)', 'bare'],
  ])('%s', async (_, schema, named) => {
    const { run } = await aDatabase();

    await expect(run([withTables(schema)])).rejects.toThrow(
      `${sample.name}: no class and purpose in the comment of ${named}`,
    );
  });
});
