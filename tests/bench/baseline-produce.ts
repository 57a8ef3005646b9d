import type { Parcel } from '../../libs/platform/src/messaging/broker.js';
import { kafkaClient } from '../../libs/platform/src/messaging/topics.js';

/** kafkajs alone: sends batches that are there already, each lane one after the other. */
export async function producing(brokers: readonly string[], topic: string) {
  const producer = kafkaClient({ brokers }).producer({
    createPartitioner:
      () =>
      ({ message }) =>
        message.partition ?? 0,
  });
  await producer.connect();
  const send = async (lane: readonly (readonly Parcel[])[]) => {
    for (const batch of lane)
      await producer.send({
        topic,
        acks: -1,
        messages: batch.map(({ shard, aggregate, envelope }) => ({
          partition: shard,
          key: aggregate,
          value: envelope,
        })),
      });
  };
  return {
    send: (lanes: readonly (readonly (readonly Parcel[])[])[]) => Promise.all(lanes.map(send)),
    end: () => producer.disconnect(),
  };
}
