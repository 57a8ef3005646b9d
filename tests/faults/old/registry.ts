import { allServices } from '@shuzheng/all-in-one';
import { type Host, host, migrate } from '@shuzheng/platform';
import { asSuperuser, TEST_SECRET } from '@shuzheng/platform/testing';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import type pg from 'pg';

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

interface Schema {
  readonly name: string;
  readonly migrations: readonly { readonly name: string; readonly statements: string }[];
  readonly tables: Readonly<Record<string, Table>>;
}

/** A registry of an earlier version as it was left: the statements that made its schemas, its rows, keys and files. */
interface Saved {
  readonly takenAt: string;
  /** What the sample journey knows of what it made. */
  readonly progress: { readonly today: string; readonly known: Readonly<Record<string, string>> };
  /** A second class, half a year later, whose report is still due. */
  readonly second: Readonly<Record<string, string>>;
  readonly keys: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly schemas: readonly Schema[];
}

const saved = new URL('../fixtures/registry-2026-11.json.br', import.meta.url);

/** A registry that an earlier version left behind, on a database of its own. */
export class OldRegistry {
  readonly saved = JSON.parse(brotliDecompressSync(readFileSync(fileURLToPath(saved))).toString()) as Saved;
  readonly name = `old_${randomBytes(6).toString('hex')}`;
  readonly folder = mkdtempSync(join(tmpdir(), 'shuzheng-old-'));
  private host: Host | undefined;

  /** Puts the earlier version's schemas and rows where they were. */
  async restore() {
    await asSuperuser((client) => client.query(`create database ${this.name} template template0`));
    await this.behind(async (client) => {
      for (const schema of this.saved.schemas) await restoreSchema(client, schema);
      // The demonstration's clocks go on from the moment at which they were left.
      for (const { name } of this.saved.schemas)
        await client.query(
          `update ${name}.demo_clock set offset_ms = offset_ms
             - (extract(epoch from clock_timestamp() - $1::timestamptz) * 1000)::bigint`,
          [this.saved.takenAt],
        );
    });
    for (const [path, bytes] of Object.entries({ ...this.saved.keys, ...this.saved.files })) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), Buffer.from(bytes, 'base64'), { mode: 0o600 });
    }
  }

  migrate() {
    return migrate(allServices, { adminUrl: this.adminUrl, databaseSecret: TEST_SECRET });
  }

  async start() {
    this.host = await host(allServices, {
      ...{ profile: 'demo', port: 0, host: '127.0.0.1', poolSize: 5, kafkaBrokers: [], topicPrefix: 'test.' },
      databaseUrl: Object.assign(new URL(this.adminUrl), { username: '', password: '' }).href,
      ...{ databaseSecret: TEST_SECRET, keys: join(this.folder, 'keys'), files: join(this.folder, 'files') },
      ...{ publicUrl: 'http://127.0.0.1:3000', accessTokenSeconds: 300, trustedProxies: [] },
    });
  }

  async stop() {
    await this.host?.close();
    await asSuperuser((client) => client.query(`drop database if exists ${this.name} with (force)`));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** As somebody past every policy: for arranging and for looking behind the interface. */
  behind<T>(work: (client: pg.Client) => Promise<T>) {
    return asSuperuser(work, this.name);
  }

  get running() {
    return this.host?.running ?? [];
  }

  get url() {
    return this.host?.url ?? '';
  }

  get adminUrl() {
    return Object.assign(new URL(process.env['TEST_POSTGRES_URL'] ?? ''), { pathname: `/${this.name}` }).href;
  }
}

/** As TypeORM makes it. */
const migrationTable = `
  create table migration (
    id serial constraint "PK_3043fc6b8af7c99b8b98830094f" primary key, "timestamp" bigint not null, name varchar not null
  );
  comment on table migration is 'internal | which migrations have run'`;

async function restoreSchema(client: pg.Client, { name, migrations, tables }: Schema) {
  const owner = `${name}_owner`;
  for (const role of [owner, name])
    await client.query(
      `do $$ begin create role ${role} login; exception when duplicate_object or unique_violation then null; end $$`,
    );
  await client.query(`create schema ${name} authorization ${owner}`);
  await client.query(`set role ${owner}; set search_path = ${name}`);
  await client.query(migrationTable);
  for (const migration of migrations) {
    await client.query(migration.statements);
    await client.query('insert into migration ("timestamp", name) values ($1, $2)', [
      migration.name.slice(-13),
      migration.name,
    ]);
  }
  await client.query('reset role; set session_replication_role = replica');
  for (const [table, content] of Object.entries(tables)) await fill(client, table, content);
  await client.query('set session_replication_role = origin; reset search_path');
}

/** The rows as they were, in the columns that the earlier version had. */
export async function fill(client: pg.Client, table: string, { columns, rows }: Table) {
  await client.query(`delete from ${table}`);
  const { rows: types } = await client.query<{ name: string; type: string; counted: boolean }>(
    `select attname as name, format_type(atttypid, atttypmod) as type, attidentity <> '' as counted
     from pg_attribute where attrelid = $1::regclass and attnum > 0`,
    [table],
  );
  const typeOf = new Map(types.map(({ name, type }) => [name, type]));
  const quoted = columns.map((column) => `"${column}"`);
  await client.query(
    `insert into ${table} (${quoted.join()}) overriding system value
     select ${columns.map((column, i) => `c${i}::${typeOf.get(column)}`).join()}
     from unnest(${columns.map((_, i) => `$${i + 1}::text[]`).join()}) as old (${columns.map((_, i) => `c${i}`).join()})`,
    columns.map((_, i) => rows.map((row) => row[i])),
  );
  for (const { name, counted } of types)
    if (counted)
      await client.query(`select setval(pg_get_serial_sequence($1, $2), (select max("${name}") from ${table}))`, [
        table,
        name,
      ]);
}
