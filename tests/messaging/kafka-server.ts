import { type EmbeddedKafka, startKafka } from '@shuzheng/platform/embedded';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A broker of a test's own, which may be stopped and started again on the same port with the same data. */
export async function aKafka() {
  const folder = mkdtempSync(join(tmpdir(), 'shuzheng-kafka-'));
  let server: EmbeddedKafka = await startKafka({ folder, log: () => {} });
  const { brokers, port } = server;
  return {
    brokers,
    stop: () => server.stop(),
    start: async () => void (server = await startKafka({ folder, port, log: () => {} })),
    end: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The broker `npm test` has started, or one for this file alone. */
export async function sharedKafka(): Promise<{ brokers: string[]; end: () => Promise<void> }> {
  const given = process.env['TEST_KAFKA_BROKERS'];
  return given ? { brokers: given.split(','), end: async () => {} } : aKafka();
}
