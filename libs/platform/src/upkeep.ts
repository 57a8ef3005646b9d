import type { Database } from './database.js';
import { faultOf, log } from './log.js';
import { ensurePartitions } from './messaging/partitions.js';
import { forgetOldKeys } from './work/idempotency.js';

const DAY_MS = 86_400_000;

/** What a service does for its own tables every day, and whenever it starts. */
export async function upkeep(db: Database) {
  await ensurePartitions(db);
  await forgetOldKeys(db);
}

/** Keeps the databases in order until it is stopped. What fails today is done tomorrow. */
export function startUpkeep(databases: readonly Database[], everyMs = DAY_MS) {
  let turn: Promise<unknown> = Promise.resolve();
  const look = () => {
    turn = Promise.all(databases.map((db) => upkeep(db).catch(complain(db))));
  };
  const daily = setInterval(look, everyMs);
  look();
  return async () => {
    clearInterval(daily);
    await turn;
  };
}

const complain = (db: Database) => (error: unknown) =>
  log.warn('the upkeep of a database failed', { service: db.schema, ...faultOf(error) });
