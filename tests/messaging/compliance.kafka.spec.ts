import { afterAll, beforeAll, describe } from '@jest/globals';
import { waitForKafka } from '../../libs/platform/src/messaging/topics.js';
import { compliance } from './compliance.js';
import { sharedKafka } from './kafka-server.js';
import { aPrefix, transportAt } from './transports.js';

let kafka: Awaited<ReturnType<typeof sharedKafka>>;
beforeAll(async () => {
  kafka = await sharedKafka();
  await waitForKafka(kafka);
});
afterAll(() => kafka.end());

// Kafka takes six seconds to believe that a consumer is dead, so here each dies once.
describe('over Kafka', () => {
  compliance(() => transportAt(`${kafka.brokers.join()}/${aPrefix()}`), [2]);
});
