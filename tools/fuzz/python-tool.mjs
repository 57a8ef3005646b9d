// A program from PyPI, installed once per user into a folder of its own; the requirements file says which version.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'shuzheng');
const binaries = process.platform === 'win32' ? 'Scripts' : 'bin';

/** The program's path. Ends the process when Python is missing or PyPI cannot be reached. */
export function pythonTool(requirements, name) {
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const home = join(cache, `${name}-${digest}`);
  const tool = join(home, binaries, name);
  if (existsSync(join(home, 'complete'))) return tool;
  const python = ['python3', 'python'].find(isRecent);
  if (!python) giveUp('需要 Python 3.10 或更高版本。Python 3.10 or newer is needed.');
  console.error(`正在安装 ${name}（仅一次）…… Installing ${name} (once) …`);
  mkdirSync(cache, { recursive: true });
  rmSync(home, { recursive: true, force: true });
  run(python, ['-m', 'venv', home]);
  run(join(home, binaries, 'python'), ['-m', 'pip', 'install', '--quiet', '--requirement', requirements]);
  mkdirSync(join(home, 'complete'));
  return tool;
}

function isRecent(python) {
  const { status } = spawnSync(python, ['-c', 'import sys, venv; sys.exit(sys.version_info < (3, 10))']);
  return status === 0;
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) giveUp(`安装失败：${command} ${args.join(' ')}。The installation failed.`);
}

function giveUp(line) {
  console.error(line);
  process.exit(1);
}
