import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BadConfiguration, type Config } from './config.js';

/** The bytes of a key file; undefined where this process was not given that key. */
export function readKey(config: Pick<Config, 'keys' | 'profile'>, name: string): Buffer | undefined {
  const path = join(config.keys, name);
  if (!existsSync(path)) return undefined;
  if (config.profile === 'production' && name.endsWith('.key') && othersRead(path)) {
    throw new BadConfiguration('SHUZHENG_KEYS', `${name} can be read by others: chmod 600 it`);
  }
  try {
    return readFileSync(path);
  } catch {
    throw new BadConfiguration('SHUZHENG_KEYS', `${name} cannot be read by the user of this process`);
  }
}

/** The group may read: a container that is not root gets its keys through its group. */
export function othersRead(path: string): boolean {
  const found = process.platform === 'win32' ? undefined : statSync(path, { throwIfNoEntry: false });
  return found !== undefined && (found.mode & 0o037) !== 0;
}

export function requireKey(config: Pick<Config, 'keys' | 'profile'>, name: string): Buffer {
  const key = readKey(config, name);
  if (!key) throw new BadConfiguration('SHUZHENG_KEYS', `${name} is missing in the folder`);
  return key;
}
