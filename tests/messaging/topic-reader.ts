import { Kafka, logLevel } from 'kafkajs';
import { until } from '../../libs/platform/src/messaging/testing/seats.js';

/** Every event as the topics carry it: how many, how many of them repeats, and whether any overtook another. */
export async function topicReader(brokers: string[], ...topics: string[]) {
  const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING });
  const [reader, admin] = [kafka.consumer({ groupId: `${topics[0]}.reader.${Date.now()}` }), kafka.admin()];
  await Promise.all([reader.connect(), admin.connect()]);
  const offsets = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
  const end = offsets.flat().reduce((sum, { high }) => sum + Number(high), 0);
  const last = new Map<string, number>();
  const found = { seen: 0, repeats: 0, inversions: 0 };
  await reader.subscribe({ topics, fromBeginning: true });
  await reader.run({
    eachMessage: async ({ topic, message: { value } }) => {
      const { aggregate, sequence } = JSON.parse(String(value)) as { aggregate: string; sequence: number };
      const place = `${topic}/${aggregate}`;
      const before = last.get(place) ?? 0;
      found.seen++;
      if (sequence <= before) found.repeats++;
      else if (sequence > before + 1) found.inversions++;
      else last.set(place, sequence);
    },
  });
  await until(() => found.seen >= end);
  await Promise.all([reader.disconnect(), admin.disconnect()]);
  return found;
}
