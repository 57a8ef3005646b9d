import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { health, Hosts, pause } from './testing/hosts.js';
import { ServiceUnderTest } from './testing/index.js';
import { sample } from './testing/sample-service.js';

const service = new ServiceUnderTest(sample);
const hosts = new Hosts(service);
beforeAll(() => service.start());
afterEach(() => hosts.closeAll());
afterAll(() => service.stop());

describe('while the database is away', () => {
  it('lives, is not ready, says when to come back, and recovers by itself', async () => {
    const proxy = await hosts.proxy();
    const { url } = await hosts.start({ more: { databaseUrl: proxy.url } });
    expect([await health(url, 'ready'), (await hosts.takeNote(url, 'before')).status]).toEqual([200, 201]);

    await proxy.cut();
    expect([await health(url, 'live'), await health(url, 'ready')]).toEqual([200, 503]);
    for (let times = 0; times < 5; times++) {
      const answer = await hosts.takeNote(url, 'meanwhile');
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
      expect(await answer.json()).toMatchObject({ code: 'unavailable', title: '服务暂时不可用' });
    }

    await proxy.mend();
    expect([(await hosts.takeNote(url, 'after')).status, await health(url, 'ready')]).toEqual([201, 200]);
    expect(await service.query(`select 1 from note where words = 'meanwhile'`)).toEqual([]);
  });

  it('stops all the same', async () => {
    const proxy = await hosts.proxy();
    const one = await hosts.start({ more: { databaseUrl: proxy.url } });
    await proxy.cut();
    const began = Date.now();

    await one.close();

    expect(Date.now() - began).toBeLessThan(10_000);
  });

  it('answers or asks to come back when every connection is cut again and again', async () => {
    const { url } = await hosts.start();
    const statuses = new Set<number>();
    const asking = Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let times = 0; times < 20; times++) statuses.add((await hosts.takeNote(url, 'storm')).status);
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
    expect((await hosts.takeNote(url, 'calm')).status).toBe(201);
  });
});
