import { Kafka, logLevel } from 'kafkajs';
import { until } from '../../libs/platform/src/messaging/testing/seats.js';

/** Every event as the topic carries it: how many, how many of them repeats, and whether any overtook another. */
export async function topicReader(brokers: string[], topic: string) {
  const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING });
  const [reader, admin] = [kafka.consumer({ groupId: `${topic}.reader` }), kafka.admin()];
  await Promise.all([reader.connect(), admin.connect()]);
  const end = (await admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0);
  const last = new Map<string, number>();
  const found = { seen: 0, repeats: 0, inversions: 0 };
  await reader.subscribe({ topics: [topic], fromBeginning: true });
  await reader.run({
    eachMessage: async ({ message: { value } }) => {
      const { aggregate, sequence } = JSON.parse(String(value)) as { aggregate: string; sequence: number };
      const before = last.get(aggregate) ?? 0;
      found.seen++;
      if (sequence <= before) found.repeats++;
      else if (sequence > before + 1) found.inversions++;
      else last.set(aggregate, sequence);
    },
  });
  await until(() => found.seen >= end);
  await Promise.all([reader.disconnect(), admin.disconnect()]);
  return found;
}
