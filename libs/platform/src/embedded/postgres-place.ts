import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';

const systemFolder = join(['/var/lib', '/var/tmp'].find((parent) => existsSync(parent)) ?? tmpdir(), 'shuzheng');

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Where PostgreSQL's programs and data are, and as whom they run (nobody said: as ourselves). */
export interface Place {
  readonly home: string;
  readonly native: string;
  readonly account?: Account;
}

/** PostgreSQL refuses to run as root, so root's server belongs to another account, which must be able to reach it. */
export function findPlace(folder: string, log: (line: string) => void, native: string): Place {
  const home = join(folder, 'postgres');
  if (process.getuid?.() !== 0) {
    requireName();
    return { home: ownHome(home), native };
  }
  const account = hasData(home) ? ownerOf(join(home, 'data')) : nobody();
  const reachable = reachableHome(home, account, log);
  return { home: reachable, account: ownerOf(reachable), native: reachableNative(native, account, log) };
}

/** PostgreSQL looks its user up, as some containers' users cannot be. */
function requireName(): void {
  try {
    userInfo();
  } catch {
    const uid = process.getuid?.();
    throw new Error(`用户 ${uid} 没有用户名。User ${uid} has no name in /etc/passwd, which PostgreSQL needs: add one.`);
  }
}

function ownHome(home: string): string {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const { uid } = statSync(home);
  if (process.getuid && uid !== process.getuid())
    throw new Error(`${home} 属于用户 ${uid}。${home} belongs to user ${uid}: start as that user, or as root.`);
  return home;
}

/** Data stays where it once was, even if the folder asked for becomes reachable later. */
function reachableHome(home: string, account: Account, log: (line: string) => void): string {
  const mark = createHash('sha256').update(home).digest('hex').slice(0, 10);
  const elsewhere = join(systemFolder, `${basename(dirname(dirname(home)))}-${mark}`);
  if ((hasData(home) || !hasData(elsewhere)) && tryHome(home, account)) return home;
  if (hasData(home)) throw new Error(unreachable(home, account));
  ownSystemFolder();
  if (!tryHome(elsewhere, account)) throw new Error(unreachable(elsewhere, account));
  const reason = `because user ${account.uid}, as whom it runs, cannot reach ${dirname(home)}`;
  log(`PostgreSQL 数据放在 ${elsewhere}。Its data is in ${elsewhere}, ${reason}.`);
  return elsewhere;
}

function hasData(home: string): boolean {
  return existsSync(join(home, 'data'));
}

const unreachable = (home: string, { uid }: Account): string =>
  `用户 ${uid} 无法进入 ${home}。User ${uid}, who owns PostgreSQL's data, cannot enter ${home}: let its parent folders be passable.`;

function tryHome(home: string, account: Account): boolean {
  const isNew = mkdirSync(home, { recursive: true, mode: 0o700 }) !== undefined;
  if (lstatSync(home).uid === 0) chownSync(home, account.uid, account.gid);
  const enters = runs('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', home], account);
  if (isNew && !enters) rmdirSync(home);
  return enters;
}

function reachableNative(native: string, account: Account, log: (line: string) => void): string {
  if (runs(join(native, 'bin', 'postgres'), ['--version'], account)) return native;
  const version = (JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }).version;
  const copy = join(systemFolder, `native-${version}`);
  if (runs(join(copy, 'bin', 'postgres'), ['--version'], account)) return copy;
  log(`复制 PostgreSQL 到 ${copy}。Copying PostgreSQL to ${copy}, because its account cannot run it from ${native}.`);
  ownSystemFolder();
  copyForEveryone(native, copy);
  return copy;
}

function copyForEveryone(from: string, to: string): void {
  const draft = `${to}.${process.pid}`;
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX', draft]);
  rmSync(to, { recursive: true, force: true });
  renameSync(draft, to);
}

/** Root's own folder that everybody can pass; somebody else's under the same name would be a trap. */
function ownSystemFolder(): void {
  mkdirSync(systemFolder, { recursive: true });
  if (lstatSync(systemFolder).uid !== 0) throw new Error(`${systemFolder} does not belong to root`);
  chmodSync(systemFolder, 0o755);
}

function runs(command: string, args: string[], { uid, gid }: Account): boolean {
  return spawnSync(command, args, { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0;
}

function ownerOf(path: string): Account {
  const { uid, gid } = statSync(path);
  return uid === 0 ? nobody() : { uid, gid };
}

function nobody(): Account {
  const fields = /^nobody:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0].split(':') ?? [];
  return { uid: Number(fields[2] ?? 65534), gid: Number(fields[3] ?? 65534) };
}
