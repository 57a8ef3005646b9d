import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { actor } from './actor.js';
import { BadConfiguration } from './config.js';
import { host } from './host.js';
import { until } from './messaging/testing/seats.js';
import { sqlMigration } from './migrate.js';
import type { Service } from './service.js';
import { health, type HostAsked, Hosts, pause } from './testing/hosts.js';
import { ServiceUnderTest } from './testing/index.js';
import { sample } from './testing/sample-service.js';

const service = new ServiceUnderTest(sample);
const hosts = new Hosts(service);
beforeAll(() => service.start());
afterEach(() => hosts.closeAll());
afterAll(() => service.stop());

/** The one line a start ends with. */
async function refusal(given: HostAsked) {
  const error: unknown = await hosts.start(given).then(
    () => new Error('it started'),
    (error: unknown) => error,
  );
  if (!(error instanceof BadConfiguration)) throw error;
  expect(error.message).not.toContain('\n');
  return error.message;
}

describe('stopping', () => {
  it('says first that it is not ready, finishes what is under way, and then answers nobody', async () => {
    const one = await hosts.start({ drainMs: 400 });
    const { url } = one;
    const { asked, closed, during } = await service.behind(async (client) => {
      await client.query('begin; lock table note in exclusive mode');
      const asked = hosts.takeNote(url, 'under way');
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
    expect(Date.now() - began).toBeLessThan(10_000);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
    expect(await service.query(`select words from note where words = 'under way'`)).toHaveLength(1);
  });

  it('leaves no connection behind, may be asked for twice, and the next start finds everything', async () => {
    const proxy = await hosts.proxy();
    const first = await hosts.start({ more: { databaseUrl: proxy.url } });
    expect(proxy.open).toBeGreaterThan(0);
    const port = Number(new URL(first.url).port);
    await Promise.all([first.close(), first.close()]);
    await until(() => proxy.open === 0);

    const second = await hosts.start({ more: { port } });

    expect(second.url).toBe(first.url);
    expect((await hosts.takeNote(second.url, 'second life')).status).toBe(201);
  });
});

describe('a start that cannot be', () => {
  it('names the port that is taken, and leaves nothing open', async () => {
    const taken = createServer();
    await once(taken.listen(0, '127.0.0.1'), 'listening');
    const { port } = taken.address() as AddressInfo;
    const proxy = await hosts.proxy();

    expect(await refusal({ more: { port, databaseUrl: proxy.url } })).toMatch(
      /^PORT: \d+ is taken: stop the other program/,
    );
    await until(() => proxy.open === 0);
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
    const proxy = await hosts.proxy();

    expect(await refusal({ one: newer, more: { databaseUrl: proxy.url } })).toMatch(line);
    await service.behind((client) => client.query('alter table migration rename to migration_away'));
    expect(await refusal({})).toMatch(line);
    await service.behind((client) => client.query('alter table migration_away rename to migration'));
    await until(() => proxy.open === 0);
  });

  it('starts on a schema that is newer than its code', async () => {
    await service.behind((client) => client.query(`insert into migration (timestamp, name) values (1, 'Newer1')`));

    expect(await health((await hosts.start()).url, 'ready')).toBe(200);
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
    expect(await health((await hosts.start(inProduction)).url, 'ready')).toBe(200);
    expect((await hosts.takeNote(service.url, 'demo')).status).toBe(201);

    expect(await refusal(inProduction)).toBe('SHUZHENG_PROFILE: remove the demonstration accounts');
    expect(reach).toBe('system');
    expect(await health((await hosts.start({ ...inProduction, more: {} })).url, 'ready')).toBe(200);
  });
});
