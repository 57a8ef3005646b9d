import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { actor } from './actor.js';
import { BadConfiguration, type Config } from './config.js';
import { type Host, host, type HostOptions } from './host.js';
import { sqlMigration } from './migrate.js';
import type { Service } from './service.js';
import { Proxy } from './testing/proxy.js';
import { ServiceUnderTest } from './testing/index.js';
import { sample } from './testing/sample-service.js';

const service = new ServiceUnderTest(sample);
beforeAll(() => service.start());
afterAll(() => service.stop());

const hosts: Host[] = [];
afterEach(async () => {
  for (const one of hosts.splice(0)) await one.close();
});

/** Another host of the sample service, on the same database. */
async function aHost({ one = sample, more = {}, ...options }: { one?: Service; more?: Partial<Config> } & HostOptions) {
  const started = await host([one], { ...service.config, ...more }, { alone: true, ...options });
  hosts.push(started);
  return started;
}

/** The one line a start ends with. */
async function refusal(given: Parameters<typeof aHost>[0]) {
  const error: unknown = await aHost(given).then(
    () => new Error('it started'),
    (error: unknown) => error,
  );
  if (!(error instanceof BadConfiguration)) throw error;
  expect(error.message).not.toContain('\n');
  return error.message;
}

/** A way to the database on which a test sees who is connected. */
async function aProxy() {
  const proxy = new Proxy(service.config.databaseUrl);
  await proxy.mend();
  return proxy;
}

const organisationId = randomUUID();
async function takeNote(url: string, words: string) {
  const token = await service.token({ permissions: ['notes:write'], organisationId });
  return fetch(`${url}/api/v1/${sample.name}/notes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID(), 'content-type': 'application/json' },
    body: JSON.stringify({ words }),
  });
}
const health = async (url: string, which: 'live' | 'ready') => (await fetch(`${url}/health/${which}`)).status;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('stopping', () => {
  it('says first that it is not ready, finishes what is under way, and then answers nobody', async () => {
    const one = await aHost({ drainMs: 400 });
    const { url } = one;
    const { asked, closed, during } = await service.behind(async (client) => {
      await client.query('begin; lock table note in exclusive mode');
      const asked = takeNote(url, 'under way');
      await pause(200);
      const closed = one.close();
      const during = [await health(url, 'ready'), await health(url, 'live')];
      await pause(800);
      await client.query('commit');
      return { asked, closed, during };
    });

    expect(during).toEqual([503, 200]);
    expect((await asked).status).toBe(201);
    const began = Date.now();
    await closed;
    // The client keeps its connection; nobody waits for that.
    expect(Date.now() - began).toBeLessThan(2000);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
    expect(await service.query(`select words from note where words = 'under way'`)).toHaveLength(1);
  });

  it('leaves no connection behind, may be asked for twice, and the next start finds everything', async () => {
    const proxy = await aProxy();
    const first = await aHost({ more: { databaseUrl: proxy.url } });
    expect(proxy.open).toBeGreaterThan(0);
    const port = Number(new URL(first.url).port);
    await Promise.all([first.close(), first.close()]);
    await pause(50);
    expect(proxy.open).toBe(0);

    const second = await aHost({ more: { port } });

    expect(second.url).toBe(first.url);
    expect((await takeNote(second.url, 'second life')).status).toBe(201);
    await proxy.cut();
  });
});

describe('a start that cannot be', () => {
  it('names the port that is taken, and leaves nothing open', async () => {
    const taken = createServer();
    await once(taken.listen(0, '127.0.0.1'), 'listening');
    const { port } = taken.address() as AddressInfo;
    const proxy = await aProxy();

    expect(await refusal({ more: { port, databaseUrl: proxy.url } })).toMatch(
      /^PORT: \d+ is taken: stop the other program/,
    );
    await pause(50);
    expect(proxy.open).toBe(0);
    await proxy.cut();
    taken.close();
  });

  it('says that no database answers, that it does not let the service in, or that there is none of that name', async () => {
    const { databaseUrl } = service.config;
    const at = (change: Partial<URL>) => ({ more: { databaseUrl: Object.assign(new URL(databaseUrl), change).href } });

    expect(await refusal(at({ port: '1' }))).toMatch(/^DATABASE_URL: no database answers there/);
    expect(await refusal(at({ pathname: '/nowhere' }))).toMatch(/^DATABASE_URL: there is no such database/);
    expect(await refusal({ more: { databaseSecret: 'another' } })).toMatch(/^DATABASE_URL: the database does not let/);
  });

  it('asks for the migration command where the schema is older than the code, or not there at all', async () => {
    const newer = { ...sample, migrations: [...sample.migrations, sqlMigration(1002, 'Later', 'select 1')] };
    const line = /^DATABASE_URL: the schema of \w+ is not up to date: run the migration command first$/;
    const proxy = await aProxy();

    expect(await refusal({ one: newer, more: { databaseUrl: proxy.url } })).toMatch(line);
    await service.behind((client) => client.query('alter table migration rename to migration_away'));
    expect(await refusal({})).toMatch(line);
    await service.behind((client) => client.query('alter table migration_away rename to migration'));
    await pause(50);
    expect(proxy.open).toBe(0);
    await proxy.cut();
  });

  it('starts on a schema that is newer than its code', async () => {
    await service.behind((client) => client.query(`insert into migration (timestamp, name) values (1, 'Newer1')`));

    expect(await health((await aHost({})).url, 'ready')).toBe(200);
  });

  it('needs Kafka, or all services in one process', async () => {
    await expect(host([sample], service.config)).rejects.toThrow('KAFKA_BROKERS: set it');
  });

  it('in production asks the service whether anything forbids it, before anything is served', async () => {
    let reach = '';
    const refusing: Service = {
      ...sample,
      refuseInProduction: async (db) => {
        reach = actor().reach;
        const [found] = await db.read(`select 1 from note where words = 'demo'`);
        return found ? 'remove the demonstration accounts' : undefined;
      },
    };
    const inProduction = { one: refusing, more: { profile: 'production' }, drainMs: 0 } as const;
    expect(await health((await aHost(inProduction)).url, 'ready')).toBe(200);
    expect((await takeNote(service.url, 'demo')).status).toBe(201);

    expect(await refusal(inProduction)).toBe('SHUZHENG_PROFILE: remove the demonstration accounts');
    expect(reach).toBe('system');
    expect(await health((await aHost({ ...inProduction, more: {} })).url, 'ready')).toBe(200);
  });
});

describe('while the database is away', () => {
  it('lives, is not ready, says when to come back, and recovers by itself', async () => {
    const proxy = await aProxy();
    const { url } = await aHost({ more: { databaseUrl: proxy.url } });
    expect([await health(url, 'ready'), (await takeNote(url, 'before')).status]).toEqual([200, 201]);

    await proxy.cut();
    expect([await health(url, 'live'), await health(url, 'ready')]).toEqual([200, 503]);
    for (let times = 0; times < 5; times++) {
      const answer = await takeNote(url, 'meanwhile');
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
      expect(await answer.json()).toMatchObject({ code: 'unavailable', title: '服务暂时不可用' });
    }

    await proxy.mend();
    expect([(await takeNote(url, 'after')).status, await health(url, 'ready')]).toEqual([201, 200]);
    expect(await service.query(`select 1 from note where words = 'meanwhile'`)).toEqual([]);
    await hosts.pop()?.close();
    await proxy.cut();
  });

  it('stops all the same', async () => {
    const proxy = await aProxy();
    const one = await aHost({ more: { databaseUrl: proxy.url } });
    await proxy.cut();
    const began = Date.now();

    await one.close();

    expect(Date.now() - began).toBeLessThan(10_000);
  });

  it('answers or asks to come back when every connection is cut again and again', async () => {
    const { url } = await aHost({});
    const statuses = new Set<number>();
    const asking = Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let times = 0; times < 20; times++) statuses.add((await takeNote(url, 'storm')).status);
      }),
    );
    for (let times = 0; times < 10; times++) {
      await service.behind((client) =>
        client.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`),
      );
      await pause(30);
    }
    await asking;

    expect([...statuses].filter((status) => status !== 201 && status !== 503)).toEqual([]);
    expect((await takeNote(url, 'calm')).status).toBe(201);
  });
});
