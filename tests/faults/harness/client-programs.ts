import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { NotHere } from './fault.js';

const folder = process.env['POSTGRES_PROGRAMS'] ?? '';
const VERSION = 18;

/** PostgreSQL's own programs, which the embedded server comes without: of the server's version, or none. */
export function requirePrograms(...names: readonly string[]) {
  for (const name of names) {
    const { stdout } = spawnSync(join(folder, name), ['--version'], { encoding: 'utf8' });
    const version = Number(/(\d+)\./.exec(stdout ?? '')?.[1] ?? 0);
    if (version < VERSION)
      throw new NotHere(`it takes ${name} ${VERSION}: name the folder of such programs in POSTGRES_PROGRAMS`);
  }
}

export async function runProgram(name: string, args: readonly string[]): Promise<void> {
  const child = spawn(join(folder, name), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}: ${said.slice(-2000)}`);
}
