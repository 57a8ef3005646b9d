import { World } from '@shuzheng/all-in-one';
import { join } from 'node:path';
import { samples } from '../journeys/journey.js';

/** The world of a journey that another process has gone through on this folder. */
export function worldOf(folder: string, url: string) {
  const silent = { bootstrapCode: () => '', say: () => undefined };
  return new World({ url, today: '', progressFile: join(folder, 'journey.json'), samples, ...silent });
}
