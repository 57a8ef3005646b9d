import type { EntityManager } from 'typeorm';
import { actor } from '../actor.js';
import { atLast, codeOf, type Database, row, sql } from '../database.js';
import type { Asking } from '../http/asking.js';
import { Conflict, Refused } from '../problem.js';

/** How long a repeat waits for the first to finish before it is told to come back. */
export const WAIT_MS = 5000;
const KEPT = `interval '7 days'`;

/** Whose key it is: the same text from somebody else, or for something else, is another key. */
export function scopeOf({ operation }: Asking) {
  const { organisationId, accountId } = actor();
  return `${organisationId ?? '-'}|${accountId ?? '-'}|${operation}`;
}

/**
 * Runs `work` once for each key. The record of the key commits with the effect; a repeat gets the first answer,
 * and the same key with another content is refused.
 */
export async function once<T>(
  tx: EntityManager,
  { operation, key = '', fingerprint }: Asking,
  work: () => Promise<T>,
): Promise<T> {
  const scope = scopeOf({ operation, key, fingerprint });
  const known = await claim(tx, scope, key, fingerprint);
  if (known) {
    if (known.fingerprint !== fingerprint) throw new Refused(['key-reused']);
    // What answers nothing answers nothing again.
    return (known.answer ?? undefined) as T;
  }
  const answer = await work();
  atLast(tx, 'update idempotency set answer = $3 where scope = $1 and key = $2', [
    scope,
    key,
    JSON.stringify(answer ?? null),
  ]);
  return answer;
}

/** Nothing when the key is new; it is ours from here on. A transaction that holds the same key is waited for. */
async function claim(tx: EntityManager, scope: string, key: string, fingerprint: string) {
  try {
    const { rowCount } = await sql(
      tx,
      'insert into idempotency (scope, key, fingerprint) values ($1, $2, $3) on conflict do nothing',
      [scope, key, fingerprint],
    );
    if (rowCount) return undefined;
    return await row<{ fingerprint: string; answer: unknown }>(
      tx,
      'select fingerprint, answer from idempotency where scope = $1 and key = $2',
      [scope, key],
    );
  } catch (error) {
    if (codeOf(error) === '55P03') throw inProgress();
    throw error;
  }
}

const inProgress = () => new Conflict('in-progress', 2);

/** Forgets keys that nobody will repeat any more. By real time: a demonstration moves only the business clock. */
export const forgetOldKeys = (db: Database) =>
  db.query(`delete from idempotency where at < clock_timestamp() - ${KEPT}`);

/** Lets identical requests in this process wait for each other before they take a connection. */
export class Gate {
  private readonly last = new Map<string, Promise<unknown>>();

  constructor(private readonly waitMs = WAIT_MS) {}

  /** Runs `work` when all that came before under this name have ended; who waits too long is told to come back. */
  async pass<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(name);
    const turn = before ? this.inTime(before).then(work) : work();
    // Who gave up must not let the next one past the one that is still at work.
    const ended = Promise.allSettled([before, turn]);
    this.last.set(name, ended);
    try {
      return await turn;
    } finally {
      void ended.then(() => this.last.get(name) === ended && this.last.delete(name));
    }
  }

  private async inTime(before: Promise<unknown>) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(inProgress()), this.waitMs);
    });
    try {
      await Promise.race([before, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
