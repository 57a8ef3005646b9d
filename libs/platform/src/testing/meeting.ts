import type pg from 'pg';
import type { ServiceUnderTest } from './service-under-test.js';

/** How often a race is run: a few times in `npm test`, many times in `npm run faults`. */
export const rounds = (few: number) => Number(process.env['SHUZHENG_ROUNDS'] ?? few);

interface Barrier {
  /** What all of them need sooner or later: held until that many wait for it, or for one another. */
  readonly lock: string;
  readonly waiting: number;
}

/** Lets what is asked for at the same moment truly meet: each is in the middle of its transaction when all go on. */
export function meeting<T>(
  service: Pick<ServiceUnderTest, 'behind'>,
  { lock, waiting }: Barrier,
  acts: readonly (() => Promise<T>)[],
): Promise<T[]> {
  return service.behind(async (client) => {
    await client.query(`begin; ${lock}`);
    const all = acts.map((act) => act());
    // What fails early is told when all are waited for.
    for (const one of all) one.catch(() => undefined);
    await queued(client, waiting);
    await client.query('commit');
    return Promise.all(all);
  });
}

/** Returns when so many transactions of this database wait for a lock. */
export async function queued(client: pg.Client, waiting: number) {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    await client.query('select pg_stat_clear_snapshot()');
    const { rowCount } = await client.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if ((rowCount ?? 0) >= waiting) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`fewer than ${waiting} came to meet`);
}
