import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { grants, migrate, migrationsOf } from '../migrate.js';
import type { Service } from '../service.js';

/** The secret that makes the roles' passwords in tests. Roles belong to the cluster, so all test files share it. */
export const TEST_SECRET = 'only-for-tests-only-for-tests-only-for-tests';

const serverUrl = () => {
  const url = process.env['TEST_POSTGRES_URL'];
  if (!url) throw new Error('TEST_POSTGRES_URL is not set: run the tests with npm test');
  return url;
};

const urlOf = (database: string) => Object.assign(new URL(serverUrl()), { pathname: `/${database}` }).href;

export async function asSuperuser<T>(work: (client: pg.Client) => Promise<T>, database = 'postgres'): Promise<T> {
  const client = new pg.Client(urlOf(database));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export interface TestDatabase {
  readonly name: string;
  /** Without a user, for services that sign in under their own roles. */
  readonly url: string;
  readonly adminUrl: string;
  drop(): Promise<void>;
}

/** A database of its own with the services' schemas, cloned from a template that the first test file makes. */
export async function testDatabase(services: readonly Service[]): Promise<TestDatabase> {
  const template = `template_${fingerprint(services)}`;
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asSuperuser(async (client) => {
    await client.query('select pg_advisory_lock(1)');
    await ensureTemplate(client, template, services);
    await client.query(`create database ${name} template ${template} strategy wal_log`);
  });
  const url = new URL(urlOf(name));
  url.username = '';
  url.password = '';
  return {
    name,
    url: url.href,
    adminUrl: urlOf(name),
    drop: () =>
      asSuperuser(async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  };
}

async function ensureTemplate(client: pg.Client, template: string, services: readonly Service[]) {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template]);
  if (rowCount) return;
  const growing = `${template}_new`;
  await client.query(`drop database if exists ${growing} with (force)`);
  await client.query(`create database ${growing} template template0`);
  await migrate(services, { adminUrl: urlOf(growing), databaseSecret: TEST_SECRET });
  await client.query(`alter database ${growing} rename to ${template}`);
}

function fingerprint(services: readonly Service[]) {
  const hash = createHash('sha256');
  for (const service of services) {
    hash.update(service.name + grants('', '').join());
    for (const migration of migrationsOf(service)) hash.update(JSON.stringify(new migration()));
  }
  return hash.digest('hex').slice(0, 16);
}
