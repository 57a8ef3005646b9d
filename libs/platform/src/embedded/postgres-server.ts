import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { keep, type KeptServer } from './keeper.js';
import { embeddedCluster, type Keepsake } from './keepsake.js';
import type { Place } from './postgres-place.js';
import { birthMark, endProcesses, runningCommands } from './processes.js';

export const superuserName = 'postgres';

export interface Launch {
  readonly place: Place;
  readonly keepsake: Keepsake;
  readonly port: number;
  readonly logFile: string;
  readonly durable?: boolean;
  readonly maxConnections?: number;
  readonly settings?: Readonly<Record<string, string>>;
}

export function launch(order: Launch): Promise<KeptServer> {
  const { place, logFile } = order;
  return keep({
    command: join(place.native, 'bin', 'postgres'),
    args: [
      '-D',
      join(place.home, 'data'),
      ...Object.entries(settings(order)).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    cwd: place.home,
    env: serverEnvironment(),
    logFile,
    // SIGINT is PostgreSQL's fast shutdown: it rolls back what is open and writes everything else down.
    stops: [
      { signal: 'SIGINT', afterMs: 0 },
      { signal: 'SIGQUIT', afterMs: 30_000 },
      { signal: 'SIGKILL', afterMs: 40_000 },
    ],
    ...place.account,
  });
}

function settings({
  keepsake,
  port,
  durable = true,
  maxConnections = 200,
  settings = {},
}: Launch): Record<string, string> {
  const safe = durable ? 'on' : 'off';
  return {
    fsync: safe,
    synchronous_commit: safe,
    full_page_writes: safe,
    timezone: 'UTC',
    log_timezone: 'UTC',
    // After a crash thousands of files are written down before anything else; Linux does it in one call.
    ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
    max_connections: String(maxConnections),
    ...settings,
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    // Every process of the cluster shows this name on its command line. Tests run services in production on theirs.
    cluster_name: durable ? embeddedCluster + keepsake.id : keepsake.id,
  };
}

/** The locale of the shell would change the language of the messages, and its PG variables the settings. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8' };
}

/** True once it answers, false when it has ended instead. Recovery after a crash may take its time. */
export async function acceptsConnections(
  server: KeptServer,
  url: string,
  log: (line: string) => void = console.error,
): Promise<boolean> {
  const slow = setTimeout(() => log('PostgreSQL 正在恢复，请稍候。PostgreSQL is still recovering.'), 10_000);
  try {
    // Each attempt costs a server that recovers some of the time it needs for that.
    for (let ms = 20; !server.hasEnded(); ms = Math.min(ms * 1.3, 250)) {
      const fault = await tryToConnect(url);
      if (!fault) return true;
      await sleep(ms);
      if (fault === 'wrong password' && (await outlives(server, 1_000)))
        throw new Error('PostgreSQL refuses the password kept beside its data');
    }
    return false;
  } finally {
    clearTimeout(slow);
  }
}

async function tryToConnect(connectionString: string): Promise<string | undefined> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code === '28P01' ? 'wrong password' : 'not ready';
  }
}

/** A wrong password may also mean that somebody else's PostgreSQL was faster on the port; then ours ends at once. */
async function outlives(server: KeptServer, milliseconds: number): Promise<boolean> {
  await Promise.race([server.ended, sleep(milliseconds)]);
  return !server.hasEnded();
}

/** Ends what an earlier run has left on the data: a server whose guardian was killed too, or the busy backends of a killed server. */
export async function endLeftovers(data: string, id: string): Promise<void> {
  await endProcesses(
    () =>
      serversOf(id)
        .filter(({ command }) => !command.startsWith('postgres:'))
        .map(({ pid }) => pid),
    [
      { signal: 'SIGINT', patienceMs: 20_000 },
      { signal: 'SIGKILL', patienceMs: 5_000 },
    ],
  );
  await endProcesses(() => serversOf(id).map(({ pid }) => pid), [{ signal: 'SIGKILL', patienceMs: 10_000 }]);
  forgetStranger(join(data, 'postmaster.pid'));
}

function serversOf(id: string): { pid: number; command: string }[] {
  return runningCommands().filter(({ command }) => /(^|[/\\])postgres(: | -D )/.test(command) && command.includes(id));
}

/** PostgreSQL does not start when the process number it left behind now belongs to anything else, as happens in a restarted container. */
function forgetStranger(pidFile: string): void {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (process.platform !== 'win32' && birthMark(pid) !== undefined) rmSync(pidFile);
}
