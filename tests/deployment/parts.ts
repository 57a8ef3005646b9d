import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Environment, Part } from './compose.js';

/** Where things are here that have other names among the containers. */
export type Places = ReadonlyMap<string, string>;

const here = (text: string, places: Places) =>
  [...places].reduce((changed, [there, place]) => changed.replaceAll(there, place), text);

/** Nothing of this process's environment reaches the part: what it needs is in the file, or it fails. */
const environmentOf = ({ environment }: Part, places: Places): Environment => ({
  PATH: process.env['PATH'] ?? '',
  NODE_ENV: 'production',
  ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, here(value, places)])),
});

/** A part of the deployment as a process here: its own command, in a folder as the image has it. */
export class Running {
  url = '';
  errors = '';
  readonly ended: Promise<number | null>;
  private constructor(private readonly child: ChildProcess) {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    this.ended = once(child, 'exit').then(([code]) => code as number | null);
  }

  static start(part: Part, folder: string, places: Places) {
    const [, ...args] = part.command;
    return new Running(
      spawn(process.execPath, args, {
        cwd: folder,
        env: environmentOf(part, places),
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      }),
    );
  }

  /** It says itself where it serves: the port is the system's choice here. */
  async serving() {
    const told = once(this.child, 'message').then(([message]) => (message as { serving: string }).serving);
    this.url = await Promise.race([told, this.ended.then((code) => Promise.reject(this.failure(code)))]);
    return this.url;
  }

  /** Asks for its health by the very command that the container is asked with. */
  isHealthy({ healthcheck }: Part) {
    const [, node = '', ...args] = healthcheck?.test ?? [];
    if (node !== 'node') throw new Error('the health command is not understood');
    const asked = args.map((arg) => arg.replace('http://127.0.0.1:3000', this.url));
    return spawnSync(process.execPath, asked, { timeout: 20_000 }).status === 0;
  }

  async stop() {
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), 25_000);
    const code = await this.ended;
    clearTimeout(late);
    return code;
  }

  private failure(code: number | null) {
    return new Error(`it ended with ${String(code)}: ${this.errors.slice(-500)}`);
  }
}
