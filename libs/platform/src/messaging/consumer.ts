import { actingAs, system } from '../actor.js';
import type { Database } from '../database.js';
import { faultOf, log } from '../log.js';
import { Bell } from './bell.js';
import type { Apply, Message } from './broker.js';
import { advance, inTurn, lock } from './cursor.js';
import { described, isOutage } from './faults.js';
import { hold, setAside, settle } from './holding.js';
import { NotYet, type Reactions } from './reactions.js';

/** Applies what a service hears: each event once, each aggregate in order, as many at a time as come. */
export class Consumer {
  private stopped = false;
  private readonly halt = new Bell();
  private retrying: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly reactions: Reactions,
    private readonly delayMs = 500,
  ) {}

  /** Starts the timer that tries held events again. `apply` works without it. */
  start() {
    this.retrying = this.retryForEver();
  }

  async stop() {
    this.stopped = true;
    this.halt.ring();
    await this.retrying;
  }

  /** Returns when every event is applied or durably held. Throws only when the database cannot be reached. */
  readonly apply: Apply = (producer, messages) => actingAs(system, () => this.attempt(producer, messages, false));

  /** A set that fails is halved until the events at fault stand alone. */
  private async attempt(producer: string, messages: readonly Message[], again: boolean): Promise<void> {
    const [message] = messages;
    if (!message) return;
    try {
      await this.together(producer, messages, again);
    } catch (error) {
      if (isOutage(error)) throw error;
      if (messages.length === 1) return this.leaveBehind(producer, message, error);
      const middle = messages.length >> 1;
      await this.attempt(producer, messages.slice(0, middle), again);
      await this.attempt(producer, messages.slice(middle), again);
    }
  }

  /** Cursor, effects and what the effects announce commit together, so a repeat or a stale owner changes nothing. */
  private together(producer: string, messages: readonly Message[], again: boolean) {
    return this.db.transaction(
      async (tx) => {
        const cursors = await lock(tx, producer, messages);
        const { next, early, reached } = inTurn(messages, cursors, again);
        await this.reactions.react(next);
        advance(tx, producer, reached);
        hold(tx, producer, early);
        const overtaken = new Set(early.map(({ aggregate }) => aggregate));
        const waiting = (aggregate: string) => cursors.get(aggregate)?.waiting || overtaken.has(aggregate);
        settle(tx, producer, [...reached.keys()].filter(waiting));
      },
      { attempts: 3 },
    );
  }

  private async leaveBehind(producer: string, message: Message, error: unknown) {
    const counts = !(error instanceof NotYet);
    const { id: eventId, type, aggregate } = message;
    if (counts) log.warn('an event could not be applied', { producer, aggregate, eventId, type, ...faultOf(error) });
    await this.db.transaction(async (tx) => {
      const { next } = inTurn([message], await lock(tx, producer, [message]), true);
      if (next.length === 0) return;
      setAside(tx, producer, message, { error: described(error), counts, delayMs: this.delayMs });
    });
  }

  private async retryForEver() {
    while (!this.stopped) {
      const since = this.halt.now;
      await actingAs(system, () => this.retryDue()).catch((error: unknown) => {
        log.warn('held events could not be tried again', faultOf(error));
      });
      await this.halt.nap(since, this.delayMs);
    }
  }

  private async retryDue() {
    const { rows } = await this.db.query<{ producer: string; aggregate: string }>(due);
    for (const { producer, aggregate } of rows) {
      const held = await this.db.query<{ message: Message }>(
        'select message from held where producer = $1 and aggregate = $2 order by sequence limit 1000',
        [producer, aggregate],
      );
      await this.attempt(
        producer,
        held.rows.map(({ message }) => message),
        true,
      );
    }
  }
}

/** Takes what is due for this process alone: replicas that tried the same event would count its failure twice. */
const due = `
  update cursor set retry_at = clock_timestamp() + interval '10 s'
  where (producer, aggregate) in (
    select producer, aggregate from cursor
    where retry_at <= clock_timestamp() order by retry_at limit 100 for update skip locked
  )
  returning producer, aggregate`;
