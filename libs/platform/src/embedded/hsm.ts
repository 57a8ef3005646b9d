import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { type Availability, onPath } from './java-jars.js';

/** SoftHSM: a module for signing keys that is made of software, for tests. */
export interface EmbeddedHsm {
  /** The library of the module. */
  readonly module: string;
  /** What `SOFTHSM2_CONF` must say from the start of every process that loads the library. */
  readonly conf: string;
  readonly tokens: string;
  readonly stop: () => Promise<void>;
}

const library = ['/usr/lib', '/usr/lib64', '/usr/local/lib', '/opt/homebrew/lib']
  .map((folder) => join(folder, 'softhsm', 'libsofthsm2.so'))
  .find((path) => existsSync(path));

export function hsmAvailable(): Availability {
  if (!library || !onPath('softhsm2-util')) return { ok: false, missing: 'SoftHSM 2 (Debian: softhsm2)' };
  try {
    createRequire(import.meta.url)('pkcs11js');
    return { ok: true };
  } catch {
    return { ok: false, missing: 'pkcs11js, which npm ci builds where there is a C++ compiler' };
  }
}

/** A place for tokens. Nothing runs: the library works inside of whoever loads it. */
export async function startHsm(options: { folder: string }): Promise<EmbeddedHsm> {
  if (!library) throw new Error('没有 SoftHSM。SoftHSM is not installed.');
  const folder = resolve(options.folder, 'hsm');
  const tokens = join(folder, 'tokens');
  mkdirSync(tokens, { recursive: true, mode: 0o700 });
  const conf = join(folder, 'softhsm2.conf');
  writeFileSync(conf, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  return { module: library, conf, tokens, stop: async () => {} };
}
