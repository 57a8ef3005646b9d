import type { Apply, Broker, Message, Parcel } from './broker.js';

/** The queue of what one service has to hear from another, where both live in one process. */
export const inProcessDestination = (producer: string, group: string) => `${producer} for ${group}`;

/**
 * Delivers inside this process. Each pair of producer and group is a destination with its own queue in the producer's
 * database, so a slow group holds nobody up; an event leaves the queue after the group's transaction has committed.
 */
export class InProcessBroker implements Broker {
  private readonly groups = new Map<string, { producer: string; apply: Apply }>();

  destinations(producer: string) {
    return [...this.groups].filter(([, group]) => group.producer === producer).map(([destination]) => destination);
  }

  subscribe(group: string, producers: readonly string[], apply: Apply) {
    for (const producer of producers) this.groups.set(inProcessDestination(producer, group), { producer, apply });
    return Promise.resolve();
  }

  async publish(destination: string, parcels: readonly Parcel[]) {
    const group = this.groups.get(destination);
    if (!group) throw new Error(`nobody is at ${destination}`);
    await group.apply(
      group.producer,
      parcels.map(({ envelope }) => JSON.parse(envelope) as Message),
    );
  }

  close() {
    return Promise.resolve();
  }
}
