import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { javaCommand } from './java-jars.js';
import { kafkaJars, recipe } from './kafka-jars.js';
import { writeProperties, type BrokerAddress } from './kafka-properties.js';
import { keep, lastLines, type KeptServer } from './keeper.js';
import { newKeepsake, readKeepsake, writeKeepsake, type Keepsake } from './keepsake.js';
import { lockFolder } from './lock.js';
import { demandPort, freePort } from './ports.js';
import { endProcesses, runningCommands } from './processes.js';

export type { Availability } from './java-jars.js';
export { kafkaAvailable } from './kafka-jars.js';

export interface KafkaOptions {
  /** Where the folder `kafka` with the data and the log `kafka.log` go. */
  readonly folder: string;
  readonly port?: number;
  readonly log?: (line: string) => void;
}

export interface EmbeddedKafka {
  readonly brokers: string[];
  readonly port: number;
  readonly pid: number;
  /** Resolves when the broker has ended, asked or not. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
  /** Ends the broker the hard way. */
  readonly kill: () => void;
}

interface Installation {
  readonly java: string;
  readonly jars: string;
  readonly home: string;
  readonly logFile: string;
}

/** Starts a real Kafka broker and returns once topics and groups can be used. It stops with this process, however that ends. */
export async function startKafka(options: KafkaOptions): Promise<EmbeddedKafka> {
  const java = javaCommand();
  if (!java) throw new Error('Kafka 需要 Java 17 以上版本。Kafka needs Java 17 or newer.');
  const folder = resolve(options.folder);
  const home = join(folder, 'kafka');
  const unlock = lockFolder(home);
  try {
    const installation = {
      java,
      jars: kafkaJars(options.log ?? console.error),
      home,
      logFile: join(folder, 'kafka.log'),
    };
    const { server, port } = await start(installation, options.port);
    void server.ended.then(unlock);
    const stop = () => server.stop().then(unlock);
    return { brokers: [`127.0.0.1:${port}`], port, pid: server.pid, ended: server.ended, stop, kill: server.kill };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function start(installation: Installation, demanded?: number): Promise<{ server: KeptServer; port: number }> {
  const { home, logFile } = installation;
  const file = join(home, 'keepsake.json');
  const keepsake = readKeepsake(file) ?? newKeepsake();
  for (let attempt = 1; attempt <= 3; attempt++) {
    await endLeftovers(keepsake.id);
    const address = await choosePorts(keepsake, demanded);
    writeKeepsake(file, { ...keepsake, ports: [address.broker, address.controller] });
    format(installation, keepsake, address);
    const server = await launch(installation, keepsake, address);
    if (await answers(server, address.broker)) return { server, port: address.broker };
  }
  throw new Error(`Kafka 无法启动。Kafka does not start; ${logFile} ends with:\n${lastLines(logFile)}`);
}

async function choosePorts({ ports }: Keepsake, demanded?: number): Promise<BrokerAddress> {
  const broker = demanded === undefined ? await freePort(ports[0]) : await demandPort(demanded, 'Kafka');
  return { broker, controller: await freePort(ports[1]) };
}

/** Formats once, beside the final place: a half formatted folder would not start, and would never be formatted again. */
function format({ java, jars, home }: Installation, keepsake: Keepsake, address: BrokerAddress): void {
  const data = join(home, 'data');
  if (!existsSync(data)) {
    for (const name of readdirSync(home)) if (name.startsWith('new-')) rmSync(join(home, name), { recursive: true });
    const draft = join(home, `new-data-${process.pid}`);
    const properties = join(home, 'new-server.properties');
    writeProperties(properties, draft, address);
    const clusterId = Buffer.from(`00${keepsake.secret}`, 'hex').subarray(0, 16).toString('base64url');
    const tool = [
      '-Xmx128m',
      '-cp',
      join(jars, '*'),
      'kafka.tools.StorageTool',
      'format',
      `--cluster-id=${clusterId}`,
      '-c',
      properties,
    ];
    const { status, stderr } = spawnSync(java, tool, { encoding: 'utf8', windowsHide: true });
    if (status !== 0) throw new Error(`Kafka cannot format ${draft}: ${stderr}`);
    rmSync(properties);
    renameSync(draft, data);
  }
  writeProperties(join(home, 'server.properties'), data, address);
}

function launch(
  { java, jars, home, logFile }: Installation,
  { id }: Keepsake,
  { broker }: BrokerAddress,
): Promise<KeptServer> {
  mkdirSync(home, { recursive: true });
  const memory = ['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const marks = [`-Dshuzheng.cluster=${id}`, `-Dshuzheng.port=${broker}`];
  const logging = `-Dlog4j2.configurationFile=${join(recipe, 'log4j2.xml')}`;
  return keep({
    command: java,
    args: [...memory, ...marks, logging, '-cp', join(jars, '*'), 'kafka.Kafka', join(home, 'server.properties')],
    cwd: home,
    logFile,
    stops: [
      { signal: 'SIGTERM', afterMs: 0 },
      { signal: 'SIGKILL', afterMs: 20_000 },
    ],
  });
}

async function answers(server: KeptServer, port: number): Promise<boolean> {
  // Only this loads the client, so that a start without Kafka does not pay for it.
  const { whenReady } = await import('./topics.js');
  return whenReady([`127.0.0.1:${port}`], server.hasEnded);
}

async function endLeftovers(id: string): Promise<void> {
  const brokers = () => runningCommands().filter(({ command }) => command.includes(` -Dshuzheng.cluster=${id} `));
  await endProcesses(
    () => brokers().map(({ pid }) => pid),
    [
      { signal: 'SIGTERM', patienceMs: 15_000 },
      { signal: 'SIGKILL', patienceMs: 5_000 },
    ],
  );
}
