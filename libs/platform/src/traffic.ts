import { faultOf, log } from './log.js';
import type { Broker } from './messaging/broker.js';
import { openDestinations } from './messaging/destinations.js';
import { inProcessRelay, kafkaRelay, Relay } from './messaging/relay.js';
import { producersOf } from './messaging/rebuild.js';
import type { RunningService } from './running.js';

/** A service and the broker it speaks and listens through. */
export interface End {
  readonly one: RunningService;
  readonly broker: Broker;
}

/** Everything that moves by itself: consumers, relays, timers. */
export class Traffic {
  private readonly relays: Relay[] = [];

  constructor(
    private readonly ends: readonly End[],
    private readonly distributed: boolean,
  ) {}

  /** Destinations are open before anything is announced. */
  async start() {
    await Promise.all(this.ends.map((end) => this.listen(end)));
    for (const end of this.ends) await this.speak(end);
    await Promise.all([
      ...this.relays.map((relay) => relay.start()),
      ...this.ends.map(({ one }) => one.withdrawals.start()),
    ]);
    for (const { one } of this.ends) one.timers.start();
  }

  /** What starts things stops before what they need; what never started has nothing to stop. */
  async stop() {
    await Promise.all(this.ends.map(({ one }) => one.timers.stop()));
    for (const { one } of this.ends) one.withdrawals.stop();
    await Promise.all(this.relays.map((relay) => relay.stop()));
    await Promise.all([...new Set(this.ends.map(({ broker }) => broker))].map((broker) => broker.close()));
    await Promise.all(this.ends.map(({ one }) => one.consumer.stop()));
    await Promise.all(this.ends.map(({ one }) => one.wake.stop()));
  }

  private async listen({ one, broker }: End) {
    const producers = producersOf(one.reactions);
    one.consumer.start();
    const joined = broker.subscribe(one.service.name, producers, one.consumer.apply);
    // A broker that is away must not keep a service from serving: it joins when the broker is back.
    if (!this.distributed) await joined;
    else
      joined.catch((error: unknown) =>
        log.error('a group could not be joined', { service: one.service.name, ...faultOf(error) }),
      );
  }

  private async speak({ one, broker }: End) {
    const destinations = broker.destinations(one.service.name);
    await openDestinations(one.db, destinations);
    const shared = { wake: one.wake.subscribe };
    const settings = this.distributed
      ? { ...kafkaRelay, ...shared, owner: `${process.pid}-${Date.now()}` }
      : { ...inProcessRelay, ...shared };
    this.relays.push(...destinations.map((destination) => new Relay(one.db, destination, broker, settings)));
    one.wake.start();
  }
}
