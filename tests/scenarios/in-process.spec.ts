import { afterAll, beforeAll } from '@jest/globals';
import { Registry } from '../registry.js';
import { scenariosHold } from './scenarios-hold.js';
import { Scene } from './scene.js';

const registry = new Registry();
const there: { scene?: Scene } = {};
beforeAll(async () => {
  // What runs once a day must not have run at the end of the story already.
  await registry.start({ back: true });
  there.scene = new Scene(registry.url, registry);
  await there.scene.open();
}, 120_000);
afterAll(() => registry.stop());

scenariosHold('inside one process', () => there.scene);
