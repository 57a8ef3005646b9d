import { allServices } from '@shuzheng/all-in-one';
import { migrate } from '@shuzheng/platform';
import { startPostgres } from '@shuzheng/platform/embedded';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { remove, temporaryFolder } from '../process.js';
import { acknowledged } from './harness/acknowledged.js';
import { requirePrograms, runProgram } from './harness/client-programs.js';
import { Drill } from './harness/drill.js';
import { expectAtLeast, type Fault, type FaultContext } from './harness/fault.js';
import { files } from './harness/files.js';
import { invariants } from './harness/invariants.js';
import type { Entry } from './harness/journal.js';
import type { Province } from './harness/province.js';
import { quiet } from './harness/quiet.js';
import { Random } from './harness/random.js';
import { Registry } from './harness/registry.js';

export const fault: Fault = {
  name: 'restore',
  title:
    'backed up under writes, lost with its broker, and restored into an empty place, from a dump and from a base backup',
  async run(context) {
    requirePrograms('pg_dump', 'pg_restore', 'pg_basebackup');
    const backups = temporaryFolder('faults-backups');
    try {
      const taken = await takeBackups(context, backups);
      await restored(context, taken, 'dump', async (place) => fromDump(place, join(backups, 'dump')));
      await restored(context, taken, 'base', async (place) => fromBaseBackup(place, join(backups, 'base')));
    } finally {
      remove(backups);
    }
  },
};

interface Taken {
  readonly backups: string;
  readonly province: Province;
  /** What was acknowledged before each backup began. */
  readonly before: Readonly<Record<Way, readonly Entry[]>>;
}

type Way = 'dump' | 'base';

/** The database first, files and keys afterwards; the load goes on all the time. Then everything is lost. */
async function takeBackups(context: FaultContext, backups: string): Promise<Taken> {
  const { say, amount } = context;
  const registry = await Registry.start(say);
  try {
    const drill = new Drill(context, registry);
    await drill.load.progress(amount('commands', 300, 60));
    const take = async (way: Way, work: () => Promise<void>) => {
      const before = drill.journal.entries().filter(({ acked }) => acked);
      await drill.strike();
      await work();
      const during = drill.load.acked - before.length;
      expectAtLeast(`commands acknowledged during the ${way}`, 1, during);
      for (const name of ['files', 'keys']) copy(join(registry.folder, name), join(backups, way, name));
      await drill.load.progress(20);
      say(`  ${way}: ${before.length} commands acknowledged before, ${during} meanwhile`);
      return before;
    };
    const dump = await take('dump', () => dumped(registry, join(backups, 'dump')));
    const base = await take('base', () => basedOn(registry, join(backups, 'base')));
    await drill.load.stop();
    return { backups, province: registry.province, before: { dump, base } };
  } finally {
    await registry.stop();
  }
}

async function dumped({ adminUrl }: Registry, place: string) {
  mkdirSync(place, { recursive: true });
  await runProgram('pg_dump', ['--format=custom', `--file=${join(place, 'shuzheng.dump')}`, adminUrl]);
}

async function basedOn({ adminUrl, home }: Registry, place: string) {
  mkdirSync(place, { recursive: true });
  await runProgram('pg_basebackup', ['--pgdata', join(place, 'data'), '--checkpoint=fast', `--dbname=${adminUrl}`]);
  // The embedded server's password, which an operator knows anyway.
  copy(join(home, 'keepsake.json'), join(place, 'keepsake.json'));
}

/** In an empty place with the same keys, and with topics of another prefix: what was acknowledged before is there, and all of it goes on. */
async function restored(
  context: FaultContext,
  { backups, province, before }: Taken,
  way: Way,
  bring: (place: string) => Promise<void>,
) {
  const { say } = context;
  const began = Date.now();
  const place = temporaryFolder('faults');
  for (const name of ['files', 'keys']) copy(join(backups, way, name), join(place, name));
  await bring(place);
  const registry = await Registry.resume(say, place, { province, topicPrefix: `${way}.` });
  try {
    await quiet(registry);
    const checked = await acknowledged(registry, { entries: () => [...before[way]] });
    await invariants(registry);
    const kept = await files(registry);
    expectAtLeast('files in the backup', 1, kept);
    say(
      `  ${way}: ${checked} commands are there once each and ${kept} files, ${Date.now() - began} ms after the first byte came back`,
    );
    // Marks come from the seed: with the first load's seed the new writes would be its repeats.
    const drill = new Drill({ ...context, random: new Random(context.random.seed + 1) }, registry);
    await drill.load.progress(40);
    await drill.conclude({ acked: 40, faults: 0 });
  } finally {
    await registry.stop();
  }
}

/** The roles belong to the server and come from the migration; the schemas come from the dump alone, into a database made anew. */
async function fromDump(place: string, backup: string) {
  const postgres = await startPostgres({ folder: place, log: () => {} });
  const adminUrl = postgres.url('shuzheng');
  const databaseSecret = readFileSync(join(place, 'keys', 'database.secret'), 'utf8');
  const client = new pg.Client(postgres.url('postgres'));
  try {
    await client.connect();
    await client.query('create database shuzheng template template0');
    await migrate(allServices, { adminUrl, databaseSecret });
    await client.query('drop database shuzheng');
    await client.query('create database shuzheng template template0');
    await runProgram('pg_restore', ['--exit-on-error', `--dbname=${adminUrl}`, join(backup, 'shuzheng.dump')]);
  } finally {
    await client.end();
    await postgres.stop();
  }
}

/** The server starts on the copy as it would after a crash, and reads the log that came with it. */
async function fromBaseBackup(place: string, backup: string) {
  // Makes the home that the server's account can enter; the data in it are those of an empty cluster.
  const empty = await startPostgres({ folder: place, log: () => {} });
  await empty.stop();
  const { uid, gid } = statSync(join(empty.home, 'data'));
  rmSync(join(empty.home, 'data'), { recursive: true });
  for (const name of ['data', 'keepsake.json']) copy(join(backup, name), join(empty.home, name));
  if (process.getuid?.() === 0) own(join(empty.home, 'data'), uid, gid);
  chmodSync(join(empty.home, 'data'), 0o700);
}

/** No files are there as long as nobody has handed one in. */
function copy(from: string, to: string) {
  if (existsSync(from)) cpSync(from, to, { recursive: true, preserveTimestamps: true });
}

function own(folder: string, uid: number, gid: number) {
  chownSync(folder, uid, gid);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    chownSync(join(folder, name), uid, gid);
}
