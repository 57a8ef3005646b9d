import { AsyncLocalStorage } from 'node:async_hooks';
import pg, { type ClientBase, type Pool, type QueryResult, type QueryResultRow } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { actor } from './actor.js';
import { named, type Statement, travel } from './journey.js';
import { Session } from './session.js';

const sessions = new WeakMap<EntityManager, Session>();

/** Runs a statement in the transaction `tx`. */
export async function sql<Row extends QueryResultRow = QueryResultRow>(
  tx: EntityManager,
  text: string,
  values: readonly unknown[] = [],
): Promise<QueryResult<Row>> {
  const session = sessions.get(tx);
  if (session) return (await session.run({ text, values })) as QueryResult<Row>;
  const client = (await tx.queryRunner?.connect()) as ClientBase;
  return client.query<Row>(named({ text, values }));
}

/** Leaves a statement to the end of `tx`, where it is sent with the commit: nobody waits for what it says. */
export function atLast(tx: EntityManager, text: string, values: readonly unknown[] = []) {
  const session = sessions.get(tx);
  if (!session) throw new Error('a statement was left to the end of no transaction');
  session.left.push({ text, values });
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

/** What belongs to the end of every transaction. */
export interface Closing {
  /** The statement that a transaction ends with, if it has one: it is sent together with the commit. */
  last?(tx: EntityManager): Statement | undefined;
  /** For tests of faults: runs when all is written and nothing is committed, which takes a journey more. */
  written?(tx: EntityManager): Promise<unknown>;
  /** Once it has committed. */
  after?(tx: EntityManager): void;
}

export interface TransactionOptions {
  /** With more than one, the whole of the work may run again after a deadlock, so it must touch nothing else. */
  readonly attempts?: number;
  /** How long it waits for a lock, where that is not what everybody waits. */
  readonly waitMs?: number;
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
  async transaction<T>(
    work: (tx: EntityManager) => Promise<T>,
    { attempts = 1, waitMs }: TransactionOptions = {},
  ): Promise<T> {
    const tx = this.open.getStore();
    if (tx) return work(tx);
    try {
      return await this.fresh(work, waitMs);
    } catch (error) {
      if (attempts > 1 && repeatable.has(codeOf(error)))
        return this.transaction(work, { attempts: attempts - 1, ...(waitMs === undefined ? {} : { waitMs }) });
      throw error;
    }
  }

  private async fresh<T>(work: (tx: EntityManager) => Promise<T>, waitMs?: number): Promise<T> {
    const [result, tx] = await this.connected(async (tx, client) => {
      const session = new Session(client, [{ text: 'begin' }, reach(waitMs)]);
      sessions.set(tx, session);
      try {
        const answer = await this.open.run(tx, () => work(tx));
        await this.end(tx, session);
        return [answer, tx] as const;
      } catch (error) {
        await session.rollBack();
        throw error;
      }
    });
    for (const closing of this.closings) closing.after?.(tx);
    return result;
  }

  /** What closes a transaction goes with its commit, in the order of registration. */
  private async end(tx: EntityManager, session: Session) {
    session.left.push(...this.closings.flatMap((closing) => closing.last?.(tx) ?? []));
    const watching = this.closings.filter((closing) => 'written' in closing);
    if (watching.length > 0) await session.write();
    for (const closing of watching) await closing.written?.(tx);
    await session.commit();
  }

  private async connected<T>(work: (tx: EntityManager, client: ClientBase) => Promise<T>) {
    const runner = this.source.createQueryRunner();
    try {
      const client = (await runner.connect()) as ClientBase;
      // Past its session a statement could come before the beginning, and would stand by itself.
      runner.query = () => Promise.reject(new Error('a transaction is asked by sql(tx, …)'));
      return await work(runner.manager, client);
    } finally {
      await runner.release();
    }
  }

  /** Reads with the reach of whoever asks: row-level security sees who it is. Outside of a transaction it is one journey. */
  async read<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const joined = this.open.getStore();
    if (joined) return rows<Row>(joined, text, values);
    const client = await this.pool.connect();
    try {
      const [, found] = await travel(client, [reach(), { text, values }]);
      return (found as QueryResult<Row>).rows;
    } finally {
      client.release();
    }
  }

  /** Is this call inside a transaction? */
  get joined() {
    return this.open.getStore() !== undefined;
  }

  /** Runs one statement outside of any transaction and without reach: for the platform's own tables. */
  query<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []) {
    return this.pool.query<Row>(named({ text, values }));
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
 * Waits for statements of one transaction that were asked in one turn: they go in one journey and run one after the
 * other, each on what the one before it has left; when one fails, those behind it do not run.
 */
export async function together<const All extends readonly Promise<unknown>[]>(all: All) {
  await Promise.allSettled(all);
  return Promise.all(all);
}

/** Tells PostgreSQL who asks, until the end of the transaction. Nobody means: no row of any tenant. */
function reach(waitMs?: number): Statement {
  const { reach, organisationId, cityCode, accountId, personId } = actor();
  const values = [reach, organisationId ?? '', cityCode ?? '', accountId ?? '', personId ?? ''];
  if (waitMs === undefined) return { text: `${reached})`, values };
  return { text: `${reached}, set_config('lock_timeout', $6, true))`, values: [...values, `${waitMs}ms`] };
}

// Nobody reads the answer, so it is one number and not a column for each.
const reached = `
  select num_nonnulls(set_config('app.reach', $1, true), set_config('app.org', $2, true), set_config('app.city', $3, true),
    set_config('app.account', $4, true), set_config('app.person', $5, true)`;
