import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { certificates, type Query } from '../faults/harness/certificates.js';
import { deadlines } from '../faults/harness/deadlines.js';
import { Registry } from '../registry.js';
import { breaches } from './breaches.js';
import { travelled } from './journey.js';
import { journeyHolds } from './journey-holds.js';

const registry = new Registry();
const there: { world?: Awaited<ReturnType<typeof travelled>> } = {};
beforeAll(async () => {
  await registry.start();
  there.world = await travelled(registry.url, registry);
}, 180_000);
afterAll(() => registry.stop());

journeyHolds(() => {
  if (!there.world) throw new Error('the journey did not end');
  return there.world;
});

describe('what the fault suites ask of numbers, certificates and deadlines', () => {
  /** In a transaction that is rolled back, past triggers and foreign keys, after what may have been done to the rows. */
  async function held(done = '') {
    const client = new pg.Client(registry.adminUrl);
    await client.connect();
    try {
      await client.query('begin; set local session_replication_role = replica');
      await client.query(done);
      const query: Query = async (text, values = []) => (await client.query(text, [...values])).rows;
      await certificates(query);
      await deadlines(query);
    } finally {
      await client.end();
    }
  }

  it('holds after the journey', () => held());

  it.each(breaches)('finds %s', async (_, done, found) => {
    await expect(held(done)).rejects.toThrow(found);
  });
});
