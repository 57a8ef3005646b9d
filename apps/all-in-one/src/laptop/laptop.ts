import { type Host, host } from '@shuzheng/platform';
import { lockFolder } from '@shuzheng/platform/embedded';
import { allServices } from '../services.js';
import { configOf, expectFreePort, readLaptopDoor } from './door.js';
import { prepare } from './prepare.js';

export interface Running {
  readonly url: string;
  readonly keys: string;
  /** Resolves when a part ended that should not have. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

export interface LaptopOptions {
  readonly folder: string;
  readonly say: (line: string) => void;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The whole registry in this process, on an embedded PostgreSQL: nothing but Node is needed. */
export async function startLaptop({ folder, say, env = process.env }: LaptopOptions): Promise<Running> {
  const door = readLaptopDoor(env);
  const unlock = lockFolder(folder);
  await expectFreePort(door);
  const prepared = await prepare(folder, say);
  let running: Host | undefined;
  const close = async () => {
    await running?.close();
    await prepared.postgres.stop();
    unlock();
  };
  try {
    running = await host(allServices, configOf(prepared, env));
    return { url: running.url, keys: prepared.keys, ended: prepared.postgres.ended.then(() => 'PostgreSQL'), close };
  } catch (error) {
    await close();
    throw error;
  }
}
