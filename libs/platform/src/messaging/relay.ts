import { crashPoint } from '../crash.js';
import type { Database } from '../database.js';
import { faultOf, log } from '../log.js';
import { Bell } from './bell.js';
import type { Broker } from './broker.js';
import { type Lease, Leases, register } from './leases.js';
import { type Unsent, UnsentEvents } from './unsent.js';
import type { Subscribe } from './wake.js';

export interface RelayOptions {
  /** Tells this relay from its replicas. A host of which there is only one may always use the same name. */
  readonly owner: string;
  /** How long a dead relay keeps its shards; three renewals fit into it. */
  readonly leaseMs: number;
  /** How often an idle relay looks by itself. */
  readonly idleMs: number;
  /** How many batches are on their way at a time, each of shards of its own. */
  readonly lanes: number;
  /** Events in a batch. */
  readonly size?: number;
  /** Where to hear that something was announced. */
  readonly wake?: Subscribe;
}

/** Twenty of these live in one process, so they are quiet; nobody waits for their shards. */
export const inProcessRelay = { owner: 'all-in-one', leaseMs: 10_000, idleMs: 1000, lanes: 1 } as const;
/** A dead replica's shards move within five seconds. */
export const kafkaRelay = { leaseMs: 3000, idleMs: 200, lanes: 2 } as const;

/** From so many events in a batch on, more are waiting behind it. */
const BACKLOG = 100;

/** Sends a service's events to one destination: oldest first, each aggregate in order, at least once. */
export class Relay {
  private held: readonly Lease[] = [];
  private stopped = false;
  private readonly work = new Bell();
  private readonly halt = new Bell();
  private readonly sweeps: Promise<unknown>[] = [];
  private readonly leases: Leases;
  private readonly unsent: UnsentEvents;
  private running: Promise<unknown> = Promise.resolve();
  private handingOver: Promise<unknown> = Promise.resolve();
  private unsubscribe: () => void = () => {};

  constructor(
    private readonly db: Database,
    private readonly destination: string,
    private readonly broker: Pick<Broker, 'publish'>,
    private readonly options: RelayOptions,
  ) {
    this.leases = new Leases(db, destination, options.owner, options.leaseMs);
    this.unsent = new UnsentEvents(db, destination, options.size ?? 1000);
  }

  /** The first claim comes before the lanes, which would nap without shards. */
  async start() {
    await register(this.db, this.destination);
    // What an earlier life under this name held is taken anew, so that the fence shuts out its last statements.
    await this.leases.release();
    await this.claim();
    this.unsubscribe = this.options.wake?.(this.work.ring) ?? this.unsubscribe;
    const lanes = Array.from({ length: this.options.lanes }, (_, lane) => this.run(lane));
    this.running = Promise.all([this.renew(), ...lanes]);
  }

  /** Finishes what is on its way and gives the shards back at once. */
  async stop() {
    this.stopped = true;
    this.unsubscribe();
    this.work.ring();
    this.halt.ring();
    await this.running;
    await this.handingOver;
    await this.leases.leave().catch((error: unknown) => this.complain(error));
  }

  /** The shards this relay sends now. */
  get shards(): readonly number[] {
    return this.held.map(({ shard }) => shard);
  }

  private run(lane: number) {
    return this.until(async () => {
      const since = this.work.now;
      const sweep = this.sweep(lane, this.held);
      this.sweeps[lane] = sweep.catch(() => {});
      if ((await sweep) === 0) await this.work.nap(since, this.options.idleMs);
    });
  }

  private renew() {
    return this.until(async () => {
      await this.halt.nap(this.halt.now, this.options.leaseMs / 3);
      if (!this.stopped) await this.claim();
    });
  }

  private async claim() {
    const { kept, surplus } = await this.leases.renew();
    if (JSON.stringify(kept) !== JSON.stringify(this.held)) {
      this.held = kept;
      this.work.ring();
    }
    if (surplus.length > 0) this.handingOver = this.handOver(surplus);
  }

  /** Others wait for these shards, but not before what is on its way has been struck off. */
  private async handOver(surplus: readonly Lease[]) {
    await Promise.all(this.sweeps);
    await this.leases.release(surplus).catch((error: unknown) => this.complain(error));
  }

  private async until(turn: () => Promise<void>) {
    let faults = 0;
    while (!this.stopped) {
      const since = this.halt.now;
      try {
        await turn();
        faults = 0;
      } catch (error) {
        this.complain(error);
        await this.halt.nap(since, Math.min(500 * 2 ** faults++, 2000));
      }
    }
  }

  private complain(error: unknown) {
    log.warn('a relay could not send', { destination: this.destination, ...faultOf(error) });
  }

  /**
   * While batch n is on its way, n − 1 is being struck off and, in a backlog, n + 1 being read; else it is read when n
   * has arrived, so that what was announced meanwhile comes along. Batch n + 1 leaves only then, and a read leaves out
   * what is in hand rather than what is older: positions commit out of order. A change of shards ends it, so that
   * nobody waits for long.
   */
  private async sweep(lane: number, held: readonly Lease[]): Promise<number> {
    const leases = held.filter(({ shard }) => shard % this.options.lanes === lane);
    if (leases.length === 0) return 0;
    let sent = 0;
    let striking: Promise<unknown> = Promise.resolve();
    let before: Unsent[] = [];
    let batch = await this.unsent.read(leases, []);
    while (batch.length > 0 && held === this.held && !this.stopped) {
      const ahead = batch.length < BACKLOG ? undefined : this.unsent.read(leases, [...before, ...batch]);
      await Promise.all([ahead, this.broker.publish(this.destination, batch), striking]);
      crashPoint('publish-before-mark');
      striking = this.unsent.strike(leases, batch);
      striking.catch(() => {});
      sent += batch.length;
      before = batch;
      batch = await (ahead ?? this.unsent.read(leases, batch));
    }
    await striking;
    if (sent > 20_000) await this.unsent.tidy();
    return sent;
  }
}
