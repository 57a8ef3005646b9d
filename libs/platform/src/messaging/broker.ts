/** A shard is a twelfth of the aggregates: what one lease covers and one Kafka partition carries. */
export const SHARDS = 12;

/** Stable for ever and equal in every client: no library's partitioner decides where an aggregate's events go. */
export function shardOf(aggregate: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < aggregate.length; i++) hash = Math.imul(hash ^ aggregate.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % SHARDS;
}

/** One event on the wire: enough to route it, and its envelope as JSON. */
export interface Parcel {
  readonly shard: number;
  readonly aggregate: string;
  readonly envelope: string;
}

/** Who caused an event, and what it belongs to. */
export interface Origin {
  /** The account, or the reach of whoever has none: `system` for reactions and timers. */
  readonly actor: string;
  readonly organisation?: string;
  readonly actingFor?: string;
  /** The event this one follows from. */
  readonly causation?: string;
  /** Joins everything that one request set going. */
  readonly correlation?: string;
  readonly traceparent?: string;
}

/** What a consumer is given. Its data are as they travel: personal text is sealed. */
export interface Message {
  readonly id: string;
  readonly type: string;
  readonly aggregate: string;
  readonly sequence: number;
  readonly time: string;
  readonly origin: Origin;
  readonly data: object;
}

export type Apply = (producer: string, messages: Message[]) => Promise<void>;

/** Carries events from producers to groups of consumers: at least once, in order per aggregate. */
export interface Broker {
  /** Where a producer's events must be sent for every group to get them. Each destination has its own queue. */
  destinations(producer: string): readonly string[];
  /** Resolves when the parcels are safe at the destination. */
  publish(destination: string, parcels: readonly Parcel[]): Promise<void>;
  subscribe(group: string, producers: readonly string[], apply: Apply): Promise<void>;
  close(): Promise<void>;
}
