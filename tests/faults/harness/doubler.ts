import { services } from '@shuzheng/contracts';
import { Kafka, logLevel } from 'kafkajs';
import type { Random } from './random.js';
import type { Registry } from './registry.js';

/**
 * Reads what the services publish and publishes part of it again: one message in five at once, and one batch in four as a
 * whole after the batch that follows it. What it does, a producer that was not heard, or a relay that died, does too.
 */
export async function doubler(registry: Registry, random: Random) {
  const kafka = new Kafka({ brokers: [...registry.brokers], logLevel: logLevel.NOTHING, clientId: 'doubler' });
  const consumer = kafka.consumer({ groupId: `doubler-${Date.now()}` });
  const producer = kafka.producer();
  const counts = { messages: 0, batches: 0 };
  const late = new Map<string, Repeat[]>();
  // Its own repeats come back to it, and must not be repeated for ever.
  const seen = new Set<string>();
  await Promise.all([consumer.connect(), producer.connect()]);
  await consumer.subscribe({ topics: services.map((service) => registry.topicOf(service)), fromBeginning: false });
  await consumer.run({
    eachBatch: async ({ batch: { topic, partition, messages } }) => {
      const fresh = messages
        .map(({ key, value }) => ({ key, value, partition }))
        .filter(({ value }) => value && !seen.has(String(value)));
      fresh.forEach(({ value }) => seen.add(String(value)));
      const place = `${topic}/${partition}`;
      const again = [...fresh.filter(() => random.next() < 0.2), ...(late.get(place) ?? [])];
      late.delete(place);
      if (fresh.length > 0 && random.next() < 0.25) {
        late.set(place, fresh);
        counts.batches++;
      }
      counts.messages += again.length;
      if (again.length > 0) await producer.send({ topic, messages: again });
    },
  });
  return {
    counts,
    stop: () => Promise.all([consumer.disconnect(), producer.disconnect()]),
  };
}

interface Repeat {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly partition: number;
}
