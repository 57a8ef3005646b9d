import { afterAll, beforeAll } from '@jest/globals';
import { Registry } from '../registry.js';
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
