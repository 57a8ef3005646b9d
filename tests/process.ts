import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

export const root = fileURLToPath(new URL('..', import.meta.url));

export interface StartOptions {
  readonly folder: string;
  readonly kafka?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
}

/** `npm start` as a process of its own, with what it prints. */
export class Started {
  readonly child: ChildProcess;
  output = '';
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;

  constructor({ folder, kafka = false, env = {}, uid }: StartOptions) {
    const { TEST_POSTGRES_URL: _, TEST_KAFKA_BROKERS: __, NODE_OPTIONS: ___, ...inherited } = process.env;
    this.child = spawn(process.execPath, [join(root, 'tools/start.mjs'), ...(kafka ? ['--kafka'] : [])], {
      cwd: root,
      env: { ...inherited, SHUZHENG_DATA: folder, SHUZHENG_LOG: 'info', PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.exited = once(this.child, 'exit').then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
    }));
  }

  /** Waits until it has printed this; fails at once when it ends before. */
  async says(what: RegExp, ms = 120_000): Promise<RegExpExecArray> {
    for (const end = Date.now() + ms; Date.now() < end; await pause(50)) {
      const found = what.exec(this.output);
      if (found) return found;
      if (this.child.exitCode !== null || this.child.signalCode !== null) break;
    }
    throw new Error(`it did not say ${what.source}; it said:\n${this.output.slice(-3000)}`);
  }

  async url() {
    return (await this.says(/(http:\/\/127\.0\.0\.1:\d+)（/))[1] ?? '';
  }

  /** The whole journey is done and the addresses are printed. */
  async arrived() {
    await this.says(/按 Ctrl-C 停止/);
  }

  /** It was to kill itself at a crash point; one that never gets there is stopped and fails. */
  async killed(ms = 120_000) {
    const ended = await Promise.race([this.exited, pause(ms, undefined, { ref: false })]);
    if (ended?.signal === 'SIGKILL') return;
    this.child.kill('SIGKILL');
    throw new Error(`it was not killed; it said:\n${this.output.slice(-3000)}`);
  }

  /** Ctrl-C in a terminal reaches the whole group of processes, any other signal this process alone. */
  async stop(signal: NodeJS.Signals = 'SIGINT') {
    const { pid = NaN, exitCode, signalCode } = this.child;
    if (exitCode === null && signalCode === null) process.kill(signal === 'SIGINT' ? -pid : pid, signal);
    return this.exited;
  }
}

/** Passable for everybody: as root, PostgreSQL runs as another user and its data must be within reach. */
export function temporaryFolder(name: string) {
  const folder = mkdtempSync(join(tmpdir(), `shuzheng-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}
export const remove = (folder: string) => rmSync(folder, { recursive: true, force: true });

/** The processes on this machine whose command line or environment names that folder. */
export function processesOf(folder: string): number[] {
  const listing = spawnText('ps', ['axeww', '-o', 'pid=,args=']);
  return listing
    .split('\n')
    .filter((line) => line.includes(folder))
    .map((line) => Number(line.trim().split(/\s+/)[0]));
}

function spawnText(command: string, args: string[]) {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  return done.stdout;
}

/** What a started registry keeps of one of its servers. */
const keepsakeOf = (folder: string, server: string) =>
  JSON.parse(readFileSync(join(folder, server, 'keepsake.json'), 'utf8')) as { secret: string; ports: number[] };

export const portOf = (folder: string, server: string) => keepsakeOf(folder, server).ports[0];

/** The database of a started registry, past every policy. */
export const adminUrlOf = (folder: string) =>
  `postgres://postgres:${keepsakeOf(folder, 'postgres').secret}@127.0.0.1:${portOf(folder, 'postgres')}/shuzheng`;

export const postmasterOf = (folder: string) =>
  Number(readFileSync(join(folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
