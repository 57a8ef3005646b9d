// What `npm start` and `npm test` need before they can use anything else. Only Node itself may be imported here.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Where what runs on this machine keeps its data. */
export const dataFolder = resolve(process.env.SHUZHENG_DATA || join(root, '.shuzheng'));
const stamp = join(root, '.shuzheng', 'build-stamp');

/** Installs the dependencies when they are not the ones of package-lock.json. Ends the process when that cannot be done. */
export function ensureInstalled() {
  requireNode(20, 19);
  if (isInstalled()) return;
  console.error('正在安装依赖（npm ci）…… Installing dependencies (npm ci) …');
  const script = process.env.npm_execpath ?? '';
  const npm = script.endsWith('npm-cli.js') ? [process.execPath, script] : ['npm'];
  const done = run([...npm, 'ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'], 'inherit');
  if (done.status !== 0) giveUp('依赖安装失败。npm ci failed; its message is above.');
}

/** Builds all projects when a source is not the one of the last build. Ends the process when the build fails. */
export function ensureBuilt() {
  const sources = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources && projects(root).every(isBuilt)) return;
  console.error('正在构建…… Building …');
  const done = run(
    [process.execPath, join('node_modules', 'nx', 'dist', 'bin', 'nx.js'), 'run-many', '-t', 'build'],
    'pipe',
  );
  if (done.status !== 0) giveUp(`${done.stdout}${done.stderr}\n构建失败。The build failed.`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, sources);
}

function requireNode(major, minor) {
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  giveUp(
    `需要 Node.js ${major}.${minor} 或更高版本（当前 ${process.versions.node}）。Node.js ${major}.${minor} or newer is needed.`,
  );
}

/** npm notes what it has installed; packages for other machines are in the lock, but never in the note. */
export function isInstalled(at = root) {
  const note = join(at, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = packagesOf(note);
  const wanted = Object.entries(packagesOf(join(at, 'package-lock.json')));
  return wanted.every(([path, { version, integrity, optional, devOptional }]) => {
    const found = installed[path];
    if (!path.startsWith('node_modules/') || (!found && (optional || devOptional))) return true;
    return found?.version === version && found?.integrity === integrity;
  });
}

function packagesOf(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
}

function projects(at) {
  return ['apps', 'libs'].flatMap((group) => readdirSync(join(at, group)).map((name) => join(at, group, name)));
}

function isBuilt(project) {
  return existsSync(join(project, 'dist')) || filesUnder(join(project, 'src')).length === 0;
}

/** Names, sizes and times of everything a build reads: a deleted or an older file counts as a change too. */
export function fingerprint(at = root) {
  const inputs = ['package-lock.json', '.swcrc', 'nx.json', 'tools/build.mjs'].map((name) => join(at, name));
  const sources = projects(at).flatMap((project) => [
    join(project, 'package.json'),
    ...filesUnder(join(project, 'src')),
  ]);
  const hash = createHash('sha256').update(process.version);
  for (const file of [...inputs, ...sources].filter((name) => existsSync(name) && !name.endsWith('.spec.ts'))) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function run([command, ...args], output) {
  const quiet = { NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0' };
  return spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...quiet },
    encoding: 'utf8',
    stdio: ['ignore', output === 'inherit' ? 'ignore' : 'pipe', output],
    shell: process.platform === 'win32' && command === 'npm',
  });
}

function giveUp(line) {
  console.error(line);
  process.exit(1);
}
