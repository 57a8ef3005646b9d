import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import type { Serving } from '@shuzheng/platform';

/** A part of a registry that runs as its own process: a service, or the edge before them. */
export class Part {
  /** Where it serves. A part that starts again serves there again, because the others know the address. */
  url = '';
  private running: ChildProcess | undefined;

  constructor(
    readonly name: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly log: number | 'inherit' = 'inherit',
  ) {}

  get child(): ChildProcess {
    if (!this.running) throw new Error(`${this.name} was never started`);
    return this.running;
  }

  get hasEnded() {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Starts it, for the first time or anew after it has ended, and returns once it is ready. */
  async start(env: NodeJS.ProcessEnv = {}): Promise<void> {
    const port = this.url ? new URL(this.url).port : '0';
    this.running = spawn(process.execPath, ['--enable-source-maps', mainOf(this.name)], {
      env: { ...this.env, PORT: port, ...env },
      stdio: ['pipe', this.log, this.log, 'ipc'],
      // In a group of its own: the terminal's Ctrl-C must reach this process first, which ends the parts in order.
      detached: true,
    });
    this.url = await addressOf(this.name, this.running);
    await this.ready();
  }

  /** A replica beside it, at an address of its own that nobody is told. */
  another(): Part {
    return new Part(this.name, this.env, this.log);
  }

  async end() {
    if (!this.running || this.hasEnded) return;
    const gone = once(this.running, 'exit');
    this.running.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
    await gone;
    clearTimeout(late);
  }

  private async ready() {
    for (const limit = Date.now() + 60_000; Date.now() < limit; await pause(100)) {
      if (this.hasEnded) break;
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
    }
    throw new Error(`${this.name} did not start`);
  }
}

/** The same from the sources and from what is built: two folders up are the applications. */
const mainOf = (name: string) => fileURLToPath(new URL(`../../../${name}/dist/main.js`, import.meta.url));

/** Where a part serves, told by itself: a port that is looked for beforehand may be somebody else's by then. */
async function addressOf(name: string, child: ChildProcess): Promise<string> {
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${name} did not start`)));
  const [told] = (await Promise.race([once(child, 'message'), ended])) as [Serving];
  child.disconnect();
  return told.serving;
}
