import type { EntityManager } from 'typeorm';
import { actingAs, system } from '../actor.js';
import type { Clock } from '../clock.js';
import { codeOf, type Database, row, sql } from '../database.js';
import { faultOf, log } from '../log.js';
import type { Audit } from './audit.js';

/** Something that happens later: what to do when its time has come. It runs in a transaction of its own. */
export interface TimerHandler {
  readonly kind: string;
  run(payload: object, tx: EntityManager): Promise<void>;
}

/** Asks for `kind` to run at `runAt` (business time), once for each key, if and only if `tx` commits. */
export async function schedule(tx: EntityManager, kind: string, key: string, runAt: Date, payload: object = {}) {
  await sql(
    tx,
    'insert into timer (kind, key, run_at, payload) values ($1, $2, $3, $4) on conflict (kind, key) do nothing',
    [kind, key, runAt, JSON.stringify(payload)],
  );
}

/** Runs due timers: each once, by one replica, with what it changes in one transaction. A failure is tried again later. */
export class Timers {
  private poll: NodeJS.Timeout | undefined;
  private turn: Promise<void> = Promise.resolve();
  private turns = 0;
  private stopped = false;
  private readonly handlers: ReadonlyMap<string, TimerHandler>;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    handlers: readonly TimerHandler[],
  ) {
    this.handlers = new Map(handlers.map((handler) => [handler.kind, handler]));
  }

  start(everyMs = 500) {
    // A turn that takes longer than the poll is waited for, not queued behind.
    if (this.handlers.size > 0) this.poll = setInterval(() => this.turns === 0 && this.wake(), everyMs);
  }

  /** Finishes the timer that is under way; those behind it wait for the next start. */
  async stop() {
    this.stopped = true;
    clearInterval(this.poll);
    this.poll = undefined;
    await this.turn;
  }

  /** Looks now; the poll is the truth, this only makes it sooner. */
  wake() {
    this.runDue().catch((error: unknown) =>
      log.warn('timers will be tried again', { service: this.db.schema, ...faultOf(error) }),
    );
  }

  /** Runs all that is due and resolves when it has been done, by this turn or by one that was under way. */
  runDue(): Promise<void> {
    this.turns += 1;
    const turn = this.turn.then(() => this.drain()).finally(() => (this.turns -= 1));
    this.turn = turn.catch(() => {});
    return turn;
  }

  private async drain() {
    while (!this.stopped && (await this.runNext()));
  }

  private async runNext(): Promise<boolean> {
    let due: Due | undefined;
    try {
      return await actingAs(system, () =>
        this.db.transaction(async (tx) => {
          due = await row<Due>(tx, next, [this.clock.now(), [...this.handlers.keys()]]);
          if (!due) return false;
          await this.audit.note({ operation: `timer:${due.kind}`, subject: `timer:${due.key}` });
          await this.handlers.get(due.kind)?.run(due.payload, tx);
          await sql(tx, 'update timer set done_at = clock_timestamp(), error = null where id = $1', [due.id]);
          return true;
        }),
      );
    } catch (error) {
      if (!due) throw error;
      log.error('a timer failed and will be tried again', {
        service: this.db.schema,
        type: due.kind,
        ...faultOf(error),
      });
      await this.postpone(due, error);
      return true;
    }
  }

  private postpone({ id }: Due, error: unknown) {
    return this.db.query(
      `update timer set attempts = attempts + 1, error = $2,
         retry_at = $3::timestamptz + least(power(2, least(attempts, 10)), 600) * interval '1 second'
       where id = $1 and done_at is null`,
      [id, codeOf(error), this.clock.now()],
    );
  }
}

interface Due {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly payload: object;
}

const next = `
  select id, kind, key, payload from timer
  where done_at is null and coalesce(retry_at, run_at) <= $1 and kind = any($2::text[])
  order by coalesce(retry_at, run_at) limit 1
  for update skip locked`;
