import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** How the name of an embedded cluster begins, by which a service in production knows what it must not run on. */
export const embeddedCluster = 'shuzheng-embedded-';

/** What a server must still know at its next start, kept beside its data and readable by its owner only. */
export interface Keepsake {
  /** Marks the command lines of the server's processes, so that they are found again. */
  readonly id: string;
  readonly secret: string;
  readonly ports: readonly number[];
}

export function readKeepsake(file: string): Keepsake | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Keepsake) : undefined;
}

export function newKeepsake(): Keepsake {
  return { id: randomBytes(9).toString('hex'), secret: randomBytes(24).toString('hex'), ports: [] };
}

/** It belongs to the owner of its folder, also when root writes it: the owner may be the one who starts next. */
export function writeKeepsake(file: string, keepsake: Keepsake): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(keepsake, null, 2)}\n`, { mode: 0o600 });
  const { uid, gid } = statSync(dirname(file));
  if (process.getuid?.() === 0) chownSync(draft, uid, gid);
  renameSync(draft, file);
}
