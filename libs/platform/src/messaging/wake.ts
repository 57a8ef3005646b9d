import type { Database } from '../database.js';
import { faultOf, log } from '../log.js';
import { Bell } from './bell.js';

export type Subscribe = (heard: () => void) => () => void;

/**
 * Tells a service's relays that events were announced, here or in another process of the service.
 * A hint that makes things sooner: the relays look by themselves too, so nothing rests on it.
 */
export class Wake {
  private readonly heard = new Set<() => void>();
  private readonly halt = new Bell();
  private stopped = false;
  private nudge: NodeJS.Timeout | undefined;
  private deafen: () => void = () => {};
  private listening: Promise<void> = Promise.resolve();

  /** Without a database it stays inside this process: for a host that never has a second one. */
  constructor(private readonly db?: Database) {}

  readonly subscribe: Subscribe = (heard) => {
    this.heard.add(heard);
    return () => this.heard.delete(heard);
  };

  /** For after the commit, and at most every 5 ms to others: a NOTIFY inside it would make all commits of the cluster queue. */
  readonly ring = () => {
    this.tell();
    const { db } = this;
    if (!db || this.stopped) return;
    this.nudge ??= setTimeout(() => {
      this.nudge = undefined;
      db.query(`select pg_notify($1, '')`, [channelOf(db)]).catch(() => {});
    }, 5);
  };

  start() {
    if (this.db) this.listening = this.listen(this.db);
  }

  async stop() {
    this.stopped = true;
    clearTimeout(this.nudge);
    this.halt.ring();
    this.deafen();
    await this.listening;
  }

  /** One connection for all the relays of the service; a lost one is opened again. */
  private async listen(db: Database) {
    while (!this.stopped) {
      const since = this.halt.now;
      await this.hear(db).catch((error: unknown) => {
        log.warn('the relays cannot be woken; they look by themselves', faultOf(error));
      });
      await this.halt.nap(since, 1000);
    }
  }

  private async hear(db: Database) {
    let lose = () => {};
    const lost = new Promise<void>((resolve) => (lose = resolve));
    const deafen = await db.listen(channelOf(db), this.tell, lose);
    this.deafen = lose;
    if (!this.stopped) await lost;
    deafen();
  }

  private readonly tell = () => {
    for (const heard of this.heard) heard();
  };
}

const channelOf = (db: Database) => `unsent of ${db.schema}`;
