import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RunningCommand {
  readonly pid: number;
  readonly command: string;
}

/** Every process this user may see, with its command line. Windows shows none. A process that has ended but was not yet collected is left out. */
export function runningCommands(): RunningCommand[] {
  const numbers = processNumbers();
  if (numbers) return numbers.map((pid) => ({ pid, command: commandOf(pid) })).filter(({ command }) => command !== '');
  if (process.platform === 'win32') return [];
  const lines = spawnSync('ps', ['-A', '-o', 'pid=,command='], { encoding: 'utf8' }).stdout.split('\n');
  return lines.flatMap((line) => {
    const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid && command ? [{ pid: Number(pid), command }] : [];
  });
}

/** Tells a process from a later one with the same number; undefined when it has ended. */
export function birthMark(pid: number): string | undefined {
  if (process.platform === 'win32') return isThere(pid) ? 'alive' : undefined;
  if (processNumbers()) return birthInProc(pid);
  const answer = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return answer || undefined;
}

export interface Step {
  readonly signal: NodeJS.Signals;
  readonly patienceMs: number;
}

/** Sends the signals one after the other, each with time to obey it, until none of the processes is left. */
export async function endProcesses(find: () => number[], steps: readonly Step[]): Promise<void> {
  for (const { signal, patienceMs } of steps) {
    find().forEach((pid) => send(pid, signal));
    const deadline = Date.now() + patienceMs;
    while (find().length > 0 && Date.now() < deadline) await sleep(20);
  }
}

export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}

function processNumbers(): number[] | undefined {
  if (process.platform !== 'linux') return undefined;
  const numbers = readdirSync('/proc').map(Number);
  return numbers.filter(Number.isInteger);
}

function commandOf(pid: number): string {
  return contentOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
}

/** The name in parentheses may hold anything, so the fields are counted from behind it: the state, and as twentieth the time of birth. */
function birthInProc(pid: number): string | undefined {
  const stat = contentOf(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
