import { services } from '@shuzheng/contracts';
import { Personal, storeOf } from '@shuzheng/platform';
import { join } from 'node:path';
import { expectNone } from './fault.js';
import type { Registry } from './registry.js';

/** I1: each file that a row names is in the store, whole, and opens with its service's key. Returns how many there are. */
export async function files(registry: Registry): Promise<number> {
  const lost: string[] = [];
  let checked = 0;
  for (const service of services) {
    const { files: seal } = new Personal(service, ['seal'], { keys: registry.keys, profile: 'demo' });
    const store = storeOf(join(registry.folder, 'files'), service, seal);
    for (const { sha256, bytes } of await registry.query<{ sha256: string; bytes: number }>(
      `select distinct sha256, bytes::int from ${service}.file`,
    )) {
      const found = await store.get(sha256).catch((error: unknown) => String(error));
      if (found.length !== bytes) lost.push(`${service} ${sha256}: ${String(found).slice(0, 100)}`);
      checked += 1;
    }
  }
  expectNone('I1 files that a row names and the store has not', lost);
  return checked;
}
