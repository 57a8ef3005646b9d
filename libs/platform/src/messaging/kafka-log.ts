import { log } from '../log.js';

interface Entry {
  readonly namespace: string;
  readonly log: { readonly message: string };
}

const QUIET_MS = 60_000;

/** kafkajs repeats itself: each fault is written once a minute, with how often it was seen since. */
export function kafkaLog() {
  const seen = new Map<string, { since: number; count: number }>();
  return ({ namespace, log: { message } }: Entry) => {
    // Addresses and numbers of a message vary, the fault does not.
    const fault = `${namespace}: ${message.replace(/\d+/g, '#')}`;
    const before = seen.get(fault) ?? { since: 0, count: 0 };
    before.count++;
    seen.set(fault, before);
    if (Date.now() - before.since < QUIET_MS) return;
    log.warn('the Kafka client reports a fault', { operation: namespace, code: message, count: before.count });
    seen.set(fault, { since: Date.now(), count: 0 });
  };
}
