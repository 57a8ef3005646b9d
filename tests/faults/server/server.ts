import type { Config } from '@shuzheng/platform';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { root } from '../../process.js';

const hooks = pathToFileURL(`${root}tests/messaging/typescript.mjs`).href;

/** A service in a process of its own, on the database of a service under test. */
export class Server {
  private readonly child: ChildProcess;
  private told: Promise<string> | undefined;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;

  constructor(name: string, { config }: { readonly config: Config }, env: Record<string, string>) {
    const { NODE_OPTIONS: _, ...inherited } = process.env;
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    this.child = spawn(
      process.execPath,
      ['--conditions=source', '--import', hooks, main, name, JSON.stringify(config)],
      {
        cwd: root,
        env: { ...inherited, ...env },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      },
    );
    this.ended = once(this.child, 'exit').then(([code, signal]) => (signal ?? code) as number | string | null);
  }

  url() {
    return (this.told ??= this.listen());
  }

  private async listen() {
    const ended = this.ended.then(() => Promise.reject(new Error('the server did not start')));
    const [told] = (await Promise.race([once(this.child, 'message'), ended])) as [{ url: string }];
    return told.url;
  }

  async setClock(time: string) {
    const set = once(this.child, 'message');
    this.child.send(time);
    await set;
  }

  async stop() {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
