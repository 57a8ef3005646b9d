import { spawnSync } from 'node:child_process';
import { chownSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './postgres-place.js';
import { serverEnvironment, superuserName } from './postgres-server.js';

/** Makes a new cluster beside its final place and moves it there when it is complete. */
export function initialize(place: Place, password: string, durable: boolean): void {
  for (const name of readdirSync(place.home))
    if (name.startsWith('new-')) rmSync(join(place.home, name), { recursive: true });
  const draft = join(place.home, `new-data-${process.pid}`);
  const passwordFile = join(place.home, `new-password-${process.pid}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (place.account) chownSync(passwordFile, place.account.uid, place.account.gid);
  try {
    runInitdb(place, [`--pgdata=${draft}`, `--pwfile=${passwordFile}`, ...(durable ? [] : ['--no-sync'])]);
    renameSync(draft, join(place.home, 'data'));
  } finally {
    rmSync(passwordFile);
  }
}

function runInitdb({ native, home, account }: Place, args: string[]): void {
  const initdb = join(native, 'bin', 'initdb');
  const { status, error, stdout, stderr } = spawnSync(
    initdb,
    [
      ...args,
      '--encoding=UTF8',
      ...locale(),
      '--auth=scram-sha-256',
      `--username=${superuserName}`,
      '--no-instructions',
    ],
    { cwd: home, env: serverEnvironment(), encoding: 'utf8', windowsHide: true, ...account },
  );
  if (status !== 0)
    throw new Error(`无法建立数据库。initdb fails: ${error ? String(error) : `${stdout}\n${stderr}`.trim()}`);
}

/** Under the plain C locale pg_trgm takes no Chinese character for a letter, so similar names would never be found. */
function locale(): string[] {
  return process.platform === 'darwin' ? ['--lc-collate=C', '--lc-ctype=en_US.UTF-8'] : ['--locale=C.UTF-8'];
}
