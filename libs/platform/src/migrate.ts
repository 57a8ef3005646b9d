import pg from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { fileReach, workSchema } from './work/schema.js';
import { messagingSchema } from './messaging/schema.js';
import { BadConfiguration } from './config.js';
import { withdrawals } from './copies/withdrawals.js';
import { isOutage } from './messaging/faults.js';
import { crashPoint } from './crash.js';
import { codeOf, type Database } from './database.js';
import type { Service } from './service.js';
import { rolePassword } from './roles.js';

type Migration = new () => MigrationInterface;

/** A migration is hand-written SQL under a name and a number that grows: `sqlMigration(2, 'AddSites', '…')`. */
export function sqlMigration(number: number, name: string, statements: string): Migration {
  return class {
    // TypeORM orders migrations by the thirteen digits at the end of their names.
    readonly name = `${name}${1_790_000_000_000 + number}`;
    readonly statements = statements;

    async up(runner: QueryRunner) {
      await runner.query(statements);
      crashPoint('migrating');
    }

    async down() {
      throw new Error('migrations are undone by a new migration');
    }
  };
}

const platform = [
  sqlMigration(1, 'KeepEvents', messagingSchema),
  sqlMigration(2, 'KeepWork', workSchema),
  sqlMigration(3, 'GuardFiles', fileReach),
];

/** All migrations of a service in their order: the platform's, its copies', its own (numbered from 1000). */
export const migrationsOf = ({ copies, migrations }: Pick<Service, 'copies' | 'migrations'>): Migration[] => [
  ...platform,
  ...[withdrawals, ...copies].map(({ name, schema }, i) =>
    sqlMigration(100 + i, `Copy_${name.replaceAll('-', '_')}_`, schema),
  ),
  ...[withdrawals, ...copies]
    .flatMap(({ changes = [] }) => changes)
    .map(({ number, name, schema }) => sqlMigration(number, name, schema)),
  ...migrations,
];

export interface MigrateOptions {
  /** A URL whose user may create roles and schemas. */
  readonly adminUrl: string;
  /** Makes the roles' passwords; without it roles must exist and keep theirs. */
  readonly databaseSecret?: string;
}

/** Brings every service's schema up to date. Run by a command before the services start, never by a service. */
export async function migrate(services: readonly Service[], { adminUrl, databaseSecret }: MigrateOptions) {
  const admin = new pg.Client(adminUrl);
  await admin.connect().catch(explain);
  try {
    // One migration at a time in a database: a second command waits for the first.
    await admin.query('select pg_advisory_lock(20261121)');
    for (const service of services) await migrateOne(admin, service, adminUrl, databaseSecret);
  } finally {
    await admin.end();
  }
}

/** In one line: the database's own words could hold the password. */
function explain(error: unknown): never {
  const advice = isOutage(error) ? 'no database answers there: start it, or correct it' : refusals[codeOf(error)];
  throw advice ? new BadConfiguration('ADMIN_DATABASE_URL', advice) : error;
}

const refusals: Readonly<Record<string, string>> = {
  '28P01': 'the database does not let this user in: correct the user or the password',
  '28000': 'the database does not let this user in: correct the user or the password',
  '3D000': 'there is no such database: create it',
};

async function migrateOne(admin: pg.Client, service: Service, adminUrl: string, secret?: string) {
  const { name } = service;
  const [owner, runner] = [`${name}_owner`, name];
  for (const role of [owner, runner]) await ensureRole(admin, role, secret);
  const [database] = (await admin.query<{ name: string }>('select current_database() as name')).rows;
  await admin.query(`grant ${owner} to current_user`);
  await admin.query(`create schema if not exists ${name} authorization ${owner}`);
  await admin.query(`grant usage on schema ${name} to ${runner}`);
  await admin.query(`revoke all on schema public from public`);
  await admin.query(`grant connect on database ${pg.escapeIdentifier(database?.name ?? '')} to ${runner}`);
  await runMigrations(service, adminUrl, owner);
  for (const grant of grants(name, runner)) await admin.query(grant);
  await checkColumns(admin, name);
}

async function ensureRole(admin: pg.Client, role: string, secret?: string) {
  // Two databases of one cluster may be migrated at the same time: roles belong to the cluster.
  await admin.query(
    `do $$ begin create role ${role} login; exception when duplicate_object or unique_violation then null; end $$`,
  );
  if (secret) {
    const password = pg.escapeLiteral(rolePassword(secret, role));
    await admin.query(
      `do $$ begin alter role ${role} password ${password}; exception when internal_error then null; end $$`,
    );
  }
}

async function runMigrations(service: Service, url: string, owner: string) {
  const source = new DataSource({
    type: 'postgres',
    url,
    schema: service.name,
    migrations: migrationsOf(service),
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    extra: {
      max: 1,
      options: `-c role=${owner} -c search_path=${service.name} -c lock_timeout=5s -c statement_timeout=300s`,
    },
  });
  await source.initialize();
  try {
    await source.runMigrations();
    await source.query(`comment on table migration is 'internal | which migrations have run'`);
    await source.query(`select partitions((clock_timestamp() at time zone 'UTC')::date, 3)`);
  } finally {
    await source.destroy();
  }
}

/** The running role reads and writes rows; it owns nothing, and history it can only add to. */
export const grants = (schema: string, role: string) => [
  `grant select, insert, update, delete on all tables in schema ${schema} to ${role}`,
  `grant usage, select on all sequences in schema ${schema} to ${role}`,
  `grant execute on all functions in schema ${schema} to ${role}`,
  `revoke update, delete on ${schema}.event, ${schema}.audit, ${schema}.migration from ${role}`,
  // The months of the event log are tables too: a grant on all of them reaches each by itself.
  `do $$ declare month regclass; begin
     for month in select inhrelid::regclass from pg_inherits where inhparent = '${schema}.event'::regclass loop
       execute format('revoke insert, update, delete on %s from ${role}', month);
     end loop;
   end $$`,
  `revoke insert on ${schema}.migration from ${role}`,
  `revoke insert, delete on ${schema}.audit_chain from ${role}`,
  // What is granted on the whole is not taken from its parts: through the months, history could be changed.
  `do $$ declare month regclass; begin
     for month in select inhrelid from pg_inherits where inhparent = '${schema}.event'::regclass loop
       execute format('revoke all on %s from ${role}', month);
     end loop;
   end $$`,
  `grant maintain on ${schema}.unsent to ${role}`,
];

/** Every table says its class and purpose, and what is sealed says how it is masked: nothing personal goes in unnoticed. */
async function checkColumns(admin: pg.Client, schema: string) {
  const { rows } = await admin.query<{ what: string }>(
    `select c.relname as what from pg_class c
     where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and coalesce(obj_description(c.oid, 'pg_class'), '') !~ '^(public|internal|personal|sealed) \\| .+'
     union all
     select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attname ~ '(_sealed|_index)$' and a.attname <> 'status_index'
       and coalesce(col_description(c.oid, a.attnum), '') !~ '^sealed \\| .+ \\| .+'`,
    [schema],
  );
  if (rows.length > 0)
    throw new Error(`${schema}: no class and purpose in the comment of ${rows.map(({ what }) => what).join(', ')}`);
}

/** Stops a service whose schema is not the one its code was written for. */
export async function checkSchema(db: Database, service: Service) {
  const { rows } = await db.query<{ name: string }>('select name from migration').catch(() => ({ rows: [] }));
  const run = new Set(rows.map(({ name }) => name));
  const missing = migrationsOf(service).filter((migration) => !run.has(new migration().name ?? ''));
  if (missing.length > 0)
    throw new BadConfiguration(
      'DATABASE_URL',
      `the schema of ${service.name} is not up to date: run the migration command first`,
    );
}
