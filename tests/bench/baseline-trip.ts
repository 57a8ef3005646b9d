import { kafkaClient } from '../../libs/platform/src/messaging/topics.js';
import type { Database } from '../../libs/platform/src/database.js';

/** An event's way with nothing but what it cannot do without: one insert, one produce, one fetch. */
export async function bareTrip(db: Database, brokers: readonly string[], topic: string) {
  let arrived = (_nth: number) => {};
  await db.query('create table if not exists said (nth int primary key, data text)');
  const kafka = kafkaClient({ brokers });
  const producer = kafka.producer();
  const consumer = kafka.consumer({ groupId: `${topic}-bare`, maxWaitTimeInMs: 500 });
  await producer.connect();
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachBatch: ({ batch: { messages } }) => {
      for (const { value } of messages) arrived((JSON.parse(String(value)) as { seat: number }).seat);
      return Promise.resolve();
    },
  });
  return {
    hear: (heard: (nth: number) => void) => (arrived = heard),
    async say(nth: number, data: string) {
      await db.query('insert into said (nth, data) values ($1, $2)', [nth, data]);
      await producer.send({ topic, acks: -1, messages: [{ key: String(nth % 5000), value: data }] });
    },
    end: () => Promise.all([producer.disconnect(), consumer.disconnect()]),
  };
}
