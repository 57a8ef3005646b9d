import { AsyncLocalStorage } from 'node:async_hooks';
import pg, { type Client, type Pool, type QueryResultRow } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { actor } from './actor.js';

const names = new Map<string, string>();

/** A statement by name, so that each connection parses and plans it once. */
function named(text: string, values: readonly unknown[]) {
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  return { name, text, values: [...values] };
}

/** Runs a statement in the transaction `tx`. */
export async function sql<Row extends QueryResultRow = QueryResultRow>(
  tx: EntityManager,
  text: string,
  values: readonly unknown[] = [],
) {
  const client = (await tx.queryRunner?.connect()) as Client;
  return client.query<Row>(named(text, values));
}

/** The rows of a statement run in `tx`. */
export async function rows<Row extends QueryResultRow>(
  tx: EntityManager,
  text: string,
  values: readonly unknown[] = [],
) {
  return (await sql<Row>(tx, text, values)).rows;
}

/** The first row of a statement run in `tx`, if there is one. */
export async function row<Row extends QueryResultRow>(
  tx: EntityManager,
  text: string,
  values: readonly unknown[] = [],
) {
  return (await rows<Row>(tx, text, values))[0];
}

const repeatable = new Set(['40P01', '40001']);
export const codeOf = (error: unknown) => String((error as { code?: string } | null)?.code);

/** Work that a transaction does last, just before its commit, and what it says once it has committed. */
export interface Closing {
  before(tx: EntityManager): Promise<unknown>;
  after(tx: EntityManager): void;
}

export interface TransactionOptions {
  /** With more than one, the whole of the work may run again after a deadlock, so it must touch nothing else. */
  readonly attempts?: number;
}

/**
 * One service's database. Its transactions join, carry the reach of whoever asks, and write what was
 * announced and audited as their last statements.
 */
export class Database {
  private readonly open = new AsyncLocalStorage<EntityManager>();
  private readonly closings: Closing[] = [];

  constructor(
    readonly source: DataSource,
    readonly schema: string,
  ) {}

  /** Registers what is done before and after each commit, in the order of registration. */
  closeWith(closing: Closing) {
    this.closings.push(closing);
  }

  /** Runs `work` in a transaction: the one this call is already inside of, or else a new one. */
  async transaction<T>(work: (tx: EntityManager) => Promise<T>, { attempts = 1 }: TransactionOptions = {}): Promise<T> {
    const tx = this.open.getStore();
    if (tx) return work(tx);
    try {
      return await this.fresh(work);
    } catch (error) {
      if (attempts > 1 && repeatable.has(codeOf(error))) return this.transaction(work, { attempts: attempts - 1 });
      throw error;
    }
  }

  private async fresh<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const [result, tx] = await this.connected(async (tx) => {
      try {
        await together([sent(tx, 'begin'), reach(tx)]);
        const answer = await this.open.run(tx, () => this.closed(tx, work));
        const { command } = await sent(tx, 'commit');
        // Where a statement failed and nobody minded, PostgreSQL answers a commit by undoing everything.
        if (command !== 'COMMIT') throw new Error('a failed statement was passed over: nothing was committed');
        return [answer, tx] as const;
      } catch (error) {
        // A connection that cannot roll back is a lost one, and the server does it for it.
        await sent(tx, 'rollback').catch(() => {});
        throw error;
      }
    });
    for (const closing of this.closings) closing.after(tx);
    return result;
  }

  /** What closes a transaction is sent together, in the order of registration. */
  private async closed<T>(tx: EntityManager, work: (tx: EntityManager) => Promise<T>) {
    const answer = await work(tx);
    await together(this.closings.map((closing) => closing.before(tx)));
    return answer;
  }

  private async connected<T>(work: (tx: EntityManager) => Promise<T>) {
    const runner = this.source.createQueryRunner();
    try {
      await runner.connect();
      return await work(runner.manager);
    } finally {
      await runner.release();
    }
  }

  /** Reads with the reach of whoever asks: row-level security sees who it is. Outside of a transaction it is one journey. */
  async read<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const joined = this.open.getStore();
    if (joined) return rows<Row>(joined, text, values);
    return this.connected(async (tx) => {
      const all = [sent(tx, 'begin'), reach(tx), sql<Row>(tx, text, values), sent(tx, 'commit')] as const;
      const [, , found] = await together(all);
      return found.rows;
    });
  }

  /** Is this call inside a transaction? */
  get joined() {
    return this.open.getStore() !== undefined;
  }

  /** Runs one statement outside of any transaction and without reach: for the platform's own tables. */
  query<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []) {
    return this.pool.query<Row>(named(text, values));
  }

  get pool() {
    return (this.source.driver as unknown as { master: Pool }).master;
  }

  /** Calls `heard` when a process of this service says `channel`, and `lost` when it can be heard no longer. A hint, not a promise. */
  async listen(channel: string, heard: () => void, lost: () => void = () => {}) {
    const client = await this.pool.connect();
    client.on('notification', (message) => message.channel === channel && heard());
    client.on('error', lost).on('end', lost);
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    return () => client.release(true);
  }

  async close() {
    await this.source.destroy();
  }
}

/**
 * Waits for statements that were sent to one connection without waiting for each other's answers. They run one after
 * the other; when one fails in a transaction, those behind it do too, and the first failure is told.
 */
export async function together<All extends readonly Promise<unknown>[]>(all: All) {
  await Promise.allSettled(all);
  return Promise.all(all);
}

const sent = (tx: EntityManager, command: 'begin' | 'commit' | 'rollback') => sql(tx, command);

/** Tells PostgreSQL who asks, until the end of the transaction. Nobody means: no row of any tenant. */
function reach(tx: EntityManager) {
  const { reach, organisationId, cityCode, accountId, personId } = actor();
  return sql(
    tx,
    `select set_config('app.reach', $1, true), set_config('app.org', $2, true), set_config('app.city', $3, true),
       set_config('app.account', $4, true), set_config('app.person', $5, true)`,
    [reach, organisationId ?? '', cityCode ?? '', accountId ?? '', personId ?? ''],
  );
}
