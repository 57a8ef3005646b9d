import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { birthMark } from './processes.js';

/**
 * Keeps every other process off a folder until the returned function is called. The lock of a process that has ended is
 * taken over; one of a process that still runs is an error.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'start.lock');
  const mine = `${process.pid} ${birthMark(process.pid)}\n`;
  for (let attempt = 1; !create(file, mine); attempt++) {
    const found = read(file);
    const pid = holder(found);
    if (pid !== undefined || attempt > 5) throw new Error(inUse(folder, pid));
    takeAway(file, found);
  }
  return () => {
    if (read(file) === mine) rmSync(file, { force: true });
  };
}

const inUse = (folder: string, pid = 0): string =>
  `数证已在运行（进程 ${pid}，数据目录 ${folder}）。Already running as process ${pid} on ${folder}: stop it first.`;

/** A link appears with its content or not at all, so nobody reads half a lock. */
function create(file: string, content: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft);
  }
}

function holder(content: string): number | undefined {
  const [pid, birth] = content.trim().split(' ');
  return pid && birth && birthMark(Number(pid)) === birth ? Number(pid) : undefined;
}

/** Two processes may find the same stale lock; the slower one must not take away the fresh lock of the faster. */
function takeAway(file: string, stale: string): void {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== stale) linkSync(aside, file);
    rmSync(aside);
  } catch {
    // Somebody was faster; the next attempt finds out who.
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
