import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sharedKafka } from '../messaging/kafka-server.js';
import { benches } from './benches.js';
import { tiny } from './rounds.js';

const kafka = { end: async () => {} };
beforeAll(async () => {
  const { brokers, end } = await sharedKafka();
  process.env['TEST_KAFKA_BROKERS'] = brokers.join();
  kafka.end = end;
});
afterAll(() => kafka.end());

// As beside it: only whether they run.
it.each(benches.filter((bench) => bench.kafka))('runs $id', async (bench) => {
  const { ratio, lines } = await bench.run(tiny);

  expect(ratio).toBeGreaterThan(0);
  expect(lines.length).toBeGreaterThan(0);
});
