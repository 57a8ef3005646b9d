import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'shuzheng');
const isWindows = process.platform === 'win32';

export type Availability = { readonly ok: true } | { readonly ok: false; readonly missing: string };

/** A server that comes as jars, named by a pom.xml in a folder of tools/. */
export interface Recipe {
  readonly folder: string;
  readonly title: string;
  readonly megabytes: number;
  /** The folder under the user's cache; it changes with the version. */
  readonly jars: string;
}

export const recipeFolder = (name: string) => fileURLToPath(new URL(`../../../../tools/${name}/`, import.meta.url));

export const jarsUnder = (name: string) => join(cache, name);

/** Whether such a server can run here: it takes Java 17, and Maven the first time. */
export function available({ jars }: Recipe): Availability {
  if (!javaCommand()) return { ok: false, missing: 'Java 17 or newer' };
  if (!existsSync(jars) && !onPath('mvn')) return { ok: false, missing: 'Maven' };
  return { ok: true };
}

export function javaCommand(): string | undefined {
  const own = process.env.JAVA_HOME ? [join(process.env.JAVA_HOME, 'bin', 'java')] : [];
  return [...own, 'java'].find((java) => {
    const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8', windowsHide: true });
    return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0) >= 17;
  });
}

/** The folder with the jars. Maven brings them once per user; a broken download never appears under the final name. */
export function fetched({ folder, title, megabytes, jars }: Recipe, log: (line: string) => void): string {
  if (existsSync(jars)) return jars;
  log(`正在用 Maven 下载 ${title}（${megabytes} MB，仅一次）。Fetching ${title} with Maven (${megabytes} MB, once).`);
  const draft = `${jars}.${process.pid}`;
  mkdirSync(cache, { recursive: true });
  const goals = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${draft}`];
  const { status, stdout } = spawnSync('mvn', ['-q', '-B', '-f', join(folder, 'pom.xml'), ...goals], {
    encoding: 'utf8',
    shell: isWindows,
  });
  if (status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(
      `Maven 未能下载 ${title}。Maven could not fetch ${title}:\n${(stdout ?? '').trim().split('\n').slice(-5).join('\n')}`,
    );
  }
  moveUnlessThere(draft, jars);
  return jars;
}

/** Somebody else may have fetched them in the meantime; theirs are as good. */
function moveUnlessThere(draft: string, jars: string): void {
  try {
    renameSync(draft, jars);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(jars)) throw error;
  }
}

export function onPath(command: string): boolean {
  const names = isWindows ? [`${command}.cmd`, `${command}.exe`] : [command];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.some((folder) => names.some((name) => existsSync(join(folder, name))));
}
