import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { send } from './processes.js';

const guardian = fileURLToPath(new URL('./guardian.mjs', import.meta.url));

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
  readonly logFile: string;
  /** What to send when it shall end, and how long after the request. */
  readonly stops: readonly { signal: NodeJS.Signals; afterMs: number }[];
}

/** A server that lives no longer than this process, yet does not hear the terminal's Ctrl-C. */
export interface KeptServer {
  readonly pid: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  readonly hasEnded: () => boolean;
  readonly stop: () => Promise<void>;
  readonly kill: () => void;
}

export async function keep(server: ServerCommand): Promise<KeptServer> {
  const child = startGuardian(server);
  const ended = once(child, 'exit').then(() => undefined);
  const pid = await Promise.race([firstLine(child), ended]);
  if (pid === undefined) throw new Error(`${server.command} cannot be started: ${lastLines(server.logFile)}`);
  release(child);
  return {
    pid,
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: () => {
      child.ref();
      child.stdin?.end();
      return ended;
    },
    kill: () => {
      child.ref();
      send(pid, 'SIGKILL');
    },
  };
}

export function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(-8).join('\n') : '';
}

/** The log of the run before is kept under another name, so that a crash can still be read after the next start. */
function startGuardian({ logFile, cwd, env = process.env, ...order }: ServerCommand): ChildProcess {
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'w', 0o640);
  try {
    return spawn(process.execPath, [guardian, JSON.stringify(order)], {
      stdio: ['pipe', 'pipe', log],
      detached: true,
      windowsHide: true,
      cwd,
      env: { ...env, NODE_OPTIONS: '' },
    });
  } finally {
    closeSync(log);
  }
}

/** The guardian's first words are the server's number. */
async function firstLine({ stdout }: ChildProcess): Promise<number> {
  return stdout ? Number((await once(stdout, 'data')).join('')) : NaN;
}

/** A running server is no reason for this process to stay. */
function release(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout]) if (stream && 'unref' in stream) (stream.unref as () => void)();
}
