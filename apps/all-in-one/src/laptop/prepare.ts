import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '@shuzheng/contracts';
import { makeKeys, migrate } from '@shuzheng/platform';
import { type EmbeddedPostgres, startPostgres } from '@shuzheng/platform/embedded';
import pg from 'pg';
import { DAYS_BACK } from '../journey/world.js';
import { allServices } from '../services.js';

/** What a laptop has under its data folder once it is prepared. */
export interface Prepared {
  readonly postgres: EmbeddedPostgres;
  /** The database without a user: each service signs in under its own role. */
  readonly databaseUrl: string;
  readonly databaseSecret: string;
  readonly keys: string;
  readonly files: string;
}

/** Keys, PostgreSQL, the database and its schemas: made when they are missing, left alone when they are there. */
export async function prepare(folder: string, say: (line: string) => void): Promise<Prepared> {
  mkdirSync(folder, { recursive: true });
  const keys = join(folder, 'keys');
  makeKeys(keys);
  const databaseSecret = secret(join(keys, 'database.secret'));
  const postgres = await startPostgres({ folder, log: say });
  try {
    const fresh = await ensureDatabase(postgres.url('postgres'));
    const adminUrl = postgres.url('shuzheng');
    await migrate(allServices, { adminUrl, databaseSecret });
    if (fresh) await startClocksBack(adminUrl);
    const databaseUrl = Object.assign(new URL(adminUrl), { username: '', password: '' }).href;
    return { postgres, databaseUrl, databaseSecret, keys, files: join(folder, 'files') };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

function secret(path: string) {
  if (!existsSync(path)) writeFileSync(path, randomBytes(33).toString('base64url'), { mode: 0o600 });
  return readFileSync(path, 'utf8');
}

async function ensureDatabase(url: string) {
  return asAdmin(url, async (client) => {
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'shuzheng'`);
    if (!rowCount) await client.query('create database shuzheng template template0');
    return !rowCount;
  });
}

/** The demonstration tells half a year: its clocks start in the past and end at today. */
export function startClocksBack(url: string) {
  return asAdmin(url, async (client) => {
    for (const service of services) {
      await client.query(`insert into ${service}.demo_clock (offset_ms) values ($1) on conflict do nothing`, [
        -DAYS_BACK * 86_400_000,
      ]);
    }
  });
}

async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
