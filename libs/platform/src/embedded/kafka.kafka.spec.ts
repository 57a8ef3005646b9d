import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startKafka, type EmbeddedKafka } from './kafka.js';
import { runningCommands, send } from './processes.js';
import { withAdmin } from './topics.js';

const dist = new URL('../../dist/embedded/index.js', import.meta.url).href;

describe('An embedded Kafka', () => {
  let folder: string;
  let kafka: EmbeddedKafka;
  /** The first broker is another process's. */
  let starter: ChildProcess;

  const topics = (): Promise<string[]> => withAdmin(kafka.brokers, (admin) => admin.listTopics());
  const create = (topic: string): Promise<boolean> =>
    withAdmin(kafka.brokers, async (admin) => {
      const made = await admin.createTopics({ topics: [{ topic, numPartitions: 3 }], waitForLeaders: false });
      while (!(await admin.listTopics()).includes(topic)) await new Promise((resolve) => setTimeout(resolve, 50));
      return made;
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'embedded-kafka-'));
    const script = `import { startKafka } from '${dist}';
      const { brokers, port } = await startKafka({ folder: process.argv[1] });
      console.log(JSON.stringify({ brokers, port }));
      setInterval(() => {}, 1000);`;
    starter = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(starter.stdout ?? process.stdin, 'data');
    kafka = JSON.parse(String(line)) as EmbeddedKafka;
  });

  afterAll(async () => {
    starter.kill('SIGKILL');
    await kafka.stop();
    rmSync(folder, { recursive: true });
  });

  it('makes no topic unless asked, and takes messages larger than a megabyte', async () => {
    const [{ configEntries } = { configEntries: [] }] = await withAdmin(kafka.brokers, async (admin) => {
      await admin.fetchTopicMetadata({ topics: ['never-made'] }).catch(() => undefined);
      const broker = { type: 4, name: '1', configNames: ['message.max.bytes', 'log.retention.hours'] };
      return (await admin.describeConfigs({ includeSynonyms: false, resources: [broker] })).resources;
    });

    expect(await topics()).not.toContain('never-made');
    expect(configEntries.map(({ configName, configValue }) => [configName, configValue]).sort()).toEqual([
      ['log.retention.hours', '336'],
      ['message.max.bytes', '2097152'],
    ]);
  });

  it('stops in order when the process that started it is killed, and keeps its topics and its address', async () => {
    const { port } = kafka;
    await create('before-the-stop');
    starter.kill('SIGKILL');
    while (runningCommands().some(({ command }) => command.includes(folder))) await pause(50);
    expect(existsSync(join(folder, 'kafka/data/.kafka_cleanshutdown'))).toBe(true);

    kafka = await startKafka({ folder });

    expect(kafka.port).toBe(port);
    expect(await topics()).toContain('before-the-stop');
  });

  it('keeps its topics when it is killed', async () => {
    await create('before-the-kill');
    kafka.kill();
    await kafka.ended;

    kafka = await startKafka({ folder });

    expect(await topics()).toEqual(expect.arrayContaining(['before-the-stop', 'before-the-kill']));
  });

  it('takes over from a broker that has outlived its guardian', async () => {
    const before = kafka;
    const guardian = runningCommands().find(
      ({ command }) => command.includes('guardian.mjs') && command.includes(folder),
    );
    send(guardian?.pid ?? NaN, 'SIGKILL');
    await before.ended;

    kafka = await startKafka({ folder });

    expect(kafka.pid).not.toBe(before.pid);
    expect(runningCommands().some(({ pid }) => pid === before.pid)).toBe(false);
    expect(await topics()).toContain('before-the-kill');
  });

  it('is refused to a second start on the same folder', async () => {
    await expect(startKafka({ folder })).rejects.toThrow(`Already running as process ${process.pid}`);
  });
});
