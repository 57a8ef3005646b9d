import { certification } from './certificates.js';
import { exam } from './exam.js';
import { province } from './province.js';
import { training } from './training.js';
import { travel, World, type WorldOptions } from './world.js';

export const steps = [...province, ...training, ...exam, ...certification];

/** Drives the sample journey through the public interface: from an empty registry to a stranger's check. */
export async function runJourney(options: WorldOptions): Promise<World> {
  const world = new World(options);
  await travel(steps, world);
  return world;
}
