import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lastLines, type KeptServer } from './keeper.js';
import { newKeepsake, readKeepsake, writeKeepsake, type Keepsake } from './keepsake.js';
import { lockFolder } from './lock.js';
import { demandPort, freePort } from './ports.js';
import { initialize } from './postgres-initialize.js';
import { nativeFolder } from './postgres-binaries.js';
import { findPlace, type Place } from './postgres-place.js';
import { acceptsConnections, endLeftovers, launch, superuserName } from './postgres-server.js';

export interface PostgresOptions {
  /** Where the data and the log go. */
  readonly folder: string;
  /** False is for tests: nothing survives a power cut. */
  readonly durable?: boolean;
  readonly port?: number;
  readonly maxConnections?: number;
  readonly settings?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
  /** Tests only: PostgreSQL's programs, elsewhere than npm has put them. */
  readonly native?: string;
}

export interface EmbeddedPostgres {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly superuser: { readonly user: string; readonly password: string };
  readonly url: (database: string, user?: string, password?: string) => string;
  /** The number of the postmaster. */
  readonly pid: number;
  /** The data and what belongs to it: in the folder asked for, or elsewhere where the server's account cannot reach that. */
  readonly home: string;
  /** Resolves when the server has ended, asked or not. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a PostgreSQL of our own on a folder and returns once it answers. It stops with this process, however that ends,
 * and whatever an earlier run has left behind on the folder is ended first.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder);
  mkdirSync(folder, { recursive: true });
  const place = findPlace(folder, options.log ?? console.error, nativeFolder(options.native));
  const unlock = lockFolder(place.home);
  try {
    const keepsake = prepare(place, options.durable ?? true);
    const { server, port } = await start({ ...options, folder }, place, keepsake);
    return running(place, keepsake, port, server, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The data directory appears under its name only when it is complete, so one that exists can be trusted. */
function prepare(place: Place, durable: boolean): Keepsake {
  const file = join(place.home, 'keepsake.json');
  const known = readKeepsake(file);
  if (existsSync(join(place.home, 'data'))) {
    if (known) return known;
    throw new Error(`缺少 ${file}。${file} is missing, and with it the password of the data beside it.`);
  }
  const keepsake = newKeepsake();
  writeKeepsake(file, keepsake);
  initialize(place, keepsake.secret, durable);
  return keepsake;
}

/** A port can be taken between the look and the start, and a leftover can be slow to go: both deserve another try. */
async function start(
  options: PostgresOptions,
  place: Place,
  keepsake: Keepsake,
): Promise<{ server: KeptServer; port: number }> {
  const logFile = join(options.folder, 'postgres.log');
  for (let attempt = 1; attempt <= 3; attempt++) {
    await endLeftovers(join(place.home, 'data'), keepsake.id);
    const port =
      options.port === undefined ? await freePort(keepsake.ports[0]) : await demandPort(options.port, 'PostgreSQL');
    const server = await launch({ ...options, place, keepsake, port, logFile });
    if (await answers(server, postgresUrl(port, 'postgres', superuserName, keepsake.secret), options.log)) {
      writeKeepsake(join(place.home, 'keepsake.json'), { ...keepsake, ports: [port] });
      return { server, port };
    }
  }
  throw new Error(`PostgreSQL 无法启动。PostgreSQL does not start; ${logFile} ends with:\n${lastLines(logFile)}`);
}

async function answers(server: KeptServer, url: string, log?: (line: string) => void): Promise<boolean> {
  try {
    return await acceptsConnections(server, url, log);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function running(
  place: Place,
  keepsake: Keepsake,
  port: number,
  server: KeptServer,
  unlock: () => void,
): EmbeddedPostgres {
  const superuser = { user: superuserName, password: keepsake.secret };
  void server.ended.then(unlock);
  return {
    host: '127.0.0.1',
    port,
    superuser,
    url: (database, user = superuser.user, password = superuser.password) =>
      postgresUrl(port, database, user, password),
    pid: server.pid,
    home: place.home,
    ended: server.ended,
    stop: async () => {
      await server.stop();
      unlock();
    },
  };
}

function postgresUrl(port: number, database: string, user: string, password: string): string {
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}
