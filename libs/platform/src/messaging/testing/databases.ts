import pg from 'pg';
import { DataSource } from 'typeorm';
import { Database } from '../../database.js';
import type { Seal } from '../../sealing.js';
import { EventLog } from '../event-log.js';
import { messagingSchema } from '../schema.js';
import { Wake } from '../wake.js';

const server = () => process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:25433/postgres';

/** The URL of one database of the test cluster. */
export function urlOf(database: string): string {
  const url = new URL(server());
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs statements as superuser on a connection of their own. */
export async function superuser(statements: string, database?: string) {
  const client = new pg.Client({ connectionString: database ? urlOf(database) : server() });
  client.on('error', () => {});
  await client.connect();
  try {
    return await client.query(statements);
  } finally {
    await client.end();
  }
}

// `nth` and the missing key keep repeats and their order visible.
const copies = `
  create table seat (nth bigint generated always as identity, class_id uuid, learner_id uuid, seat int, note text);`;

/** A database of its own, with the messaging tables and a place to copy seats to. */
export async function freshDatabase(name: string): Promise<string> {
  const database = `${name}_${process.pid}_${Date.now().toString(36)}${Math.floor(Math.random() * 1e6)}`;
  await superuser(`create database ${database} template template0`);
  await superuser(messagingSchema + copies, database);
  return database;
}

export const dropDatabase = (database: string) => superuser(`drop database ${database} with (force)`);

/** A service as far as messaging goes: its database, its log, and the bell of its relays. */
export interface Site {
  readonly name: string;
  readonly db: Database;
  readonly wake: Wake;
  readonly close: () => Promise<void>;
}

export async function openSite(name: string, { seal, pool = 10 }: { seal?: Seal; pool?: number } = {}): Promise<Site> {
  const source = new DataSource({
    type: 'postgres',
    url: urlOf(name),
    poolSize: pool,
    logging: false,
    extra: { pipeline: true },
  });
  await source.initialize();
  const db = new Database(source, 'public');
  db.pool.on('error', () => {});
  const wake = new Wake(db);
  db.closeWith(new EventLog(seal, wake.ring));
  wake.start();
  return { name, db, wake, close: () => wake.stop().then(() => db.close()) };
}

/** A fresh database, opened; `drop` ends both. */
export async function aSite(name: string, options: { seal?: Seal; pool?: number } = {}) {
  const site = await openSite(await freshDatabase(name), options);
  return { ...site, drop: () => site.close().then(() => dropDatabase(site.name)) };
}
