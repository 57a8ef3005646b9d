import pg from 'pg';
import type { Database } from '../../libs/platform/src/database.js';

export interface Counted {
  readonly statements: number;
  readonly trips: number;
  readonly fsyncs: number;
}

/** What of pg's connections goes over the wire: a statement is executed, and a sync is what an answer is waited for. */
interface Wire {
  execute: Sent;
  query: Sent;
  sync: Sent;
}
type Sent = (this: Wire, ...given: unknown[]) => unknown;

const seen = { statements: 0, trips: 0 };
let watched = false;

/** Every connection of this process counts from here on. What is pipelined with a sync of its own is a trip of its own. */
export function watchWire() {
  if (watched) return;
  watched = true;
  const wire = (pg as unknown as { Connection: { prototype: Wire } }).Connection.prototype;
  const counting = (name: keyof Wire, what: Partial<typeof seen>) => {
    const before = wire[name];
    wire[name] = function (this: Wire, ...given: unknown[]) {
      for (const [each, n] of Object.entries(what)) seen[each as keyof typeof seen] += n;
      return before.apply(this, given);
    };
  };
  counting('execute', { statements: 1 });
  counting('sync', { trips: 1 });
  counting('query', { statements: 1, trips: 1 });
}

/** What `work` took, divided by `parts`. Fsyncs are those of PostgreSQL's write-ahead log, as the whole server counts them. */
export async function counted(db: Database, parts: number, work: () => Promise<unknown>): Promise<Counted> {
  const fsyncs = await synced(db);
  const before = { ...seen };
  await work();
  const [statements, trips] = [seen.statements - before.statements, seen.trips - before.trips];
  return {
    statements: statements / parts,
    trips: trips / parts,
    fsyncs: ((await synced(db)) - fsyncs) / parts,
  };
}

/** Backends tell what they counted when they are asked to, or seconds later. */
async function synced(db: Database) {
  const clients = await Promise.all(Array.from({ length: db.pool.idleCount }, () => db.pool.connect()));
  for (const client of clients) await client.query('select pg_stat_force_next_flush()');
  for (const client of clients) client.release();
  const { rows } = await db.pool.query<{ n: string }>(`select sum(fsyncs) as n from pg_stat_io where object = 'wal'`);
  return Number(rows[0]?.n);
}
