import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const recipe = fileURLToPath(new URL('../../../../tools/kafka/', import.meta.url));
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'shuzheng');
const jars = join(cache, 'kafka-4.3.1');
const isWindows = process.platform === 'win32';

export type Availability = { readonly ok: true } | { readonly ok: false; readonly missing: string };

/** Whether Kafka can run here: it takes Java 17, and Maven the first time. */
export function kafkaAvailable(): Availability {
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

/** The folder with Kafka's jars. Maven brings them once per user; a broken download never appears under the final name. */
export function kafkaJars(log: (line: string) => void): string {
  if (existsSync(jars)) return jars;
  log('正在用 Maven 下载 Kafka 4.3.1（43 MB，仅一次）。Fetching Kafka 4.3.1 with Maven (43 MB, once).');
  const draft = `${jars}.${process.pid}`;
  mkdirSync(cache, { recursive: true });
  const goals = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${draft}`];
  const { status, stdout } = spawnSync('mvn', ['-q', '-B', '-f', join(recipe, 'pom.xml'), ...goals], {
    encoding: 'utf8',
    shell: isWindows,
  });
  if (status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(
      `Maven 未能下载 Kafka。Maven could not fetch Kafka:\n${(stdout ?? '').trim().split('\n').slice(-5).join('\n')}`,
    );
  }
  moveUnlessThere(draft);
  return jars;
}

/** Somebody else may have fetched them in the meantime; theirs are as good. */
function moveUnlessThere(draft: string): void {
  try {
    renameSync(draft, jars);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(jars)) throw error;
  }
}

function onPath(command: string): boolean {
  const names = isWindows ? [`${command}.cmd`, `${command}.exe`] : [command];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.some((folder) => names.some((name) => existsSync(join(folder, name))));
}
