import { afterAll, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { portOf, postmasterOf, processesOf, remove, root, Started, temporaryFolder } from '../process.js';

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const folders: string[] = [];
const aFolder = () => {
  const folder = temporaryFolder('start');
  folders.push(folder);
  return folder;
};
afterAll(() => folders.forEach(remove));

const certificates = async (url: string) => {
  const session = await fetch(`${url}/api/v1/identity/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ loginName: 'demo-hr-officer', password: 'Shuzheng-demo-2026' }),
  });
  const { accessToken } = (await session.json()) as { accessToken: string };
  const answer = await fetch(`${url}/api/v1/certification/certificates?limit=200`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  return (await answer.json()) as { total: number };
};

it('goes from nothing to a verified certificate, stops cleanly on Ctrl-C, and the second start repeats nothing', async () => {
  const folder = aFolder();

  const first = new Started({ folder });
  await first.arrived();
  const url = await first.url();
  const page = await (await fetch(url)).text();
  expect(page).toMatch(/数证.*验证证书.*接口说明.*演示账号/s);
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  const [verifyUrl = ''] = /http:\S+\/verify\/\S+/.exec(first.output) ?? [];
  expect(await (await fetch(verifyUrl)).text()).toContain('有效');
  expect((await certificates(url)).total).toBe(23);
  expect(await first.stop('SIGINT')).toEqual({ code: 0, signal: null });
  expect(processesOf(folder)).toEqual([]);

  const second = new Started({ folder });
  const again = await second.url();
  await second.arrived();
  expect(second.output).not.toMatch(/\d+\/\d+ /);
  expect((await certificates(again)).total).toBe(23);
  expect(await second.stop('SIGTERM')).toEqual({ code: 0, signal: null });
}, 240_000);

it('goes on by itself after Node, PostgreSQL, or both were killed in the middle, and loses and doubles nothing', async () => {
  const folder = aFolder();
  const kills: [RegExp, ('node' | 'postgres')[]][] = [
    [/ {2}7\/\d+/, ['node']],
    [/ 1[12]\/\d+/, ['postgres']],
    [/ 2[01]\/\d+/, ['node', 'postgres']],
  ];
  for (const [when, victims] of kills) {
    const started = new Started({ folder });
    await started.says(when);
    const postmaster = postmasterOf(folder);
    if (victims.includes('postgres')) process.kill(postmaster, 'SIGKILL');
    if (victims.includes('node')) started.child.kill('SIGKILL');
    const { code } = await started.exited;
    expect(code).not.toBe(0);
  }

  const last = new Started({ folder });
  await last.arrived();
  expect((await certificates(await last.url())).total).toBe(23);
  await last.stop();
}, 300_000);

/** What a careless operator could do: a registry in earnest on the database of the demonstration. */
function registryOn(folder: string) {
  const { PATH = '' } = process.env;
  const env = {
    PATH,
    SHUZHENG_PROFILE: 'production',
    SHUZHENG_LOG: 'warn',
    PORT: '0',
    PUBLIC_URL: 'https://shuzheng.example',
    DATABASE_URL: `postgres://127.0.0.1:${portOf(folder, 'postgres')}/shuzheng`,
    DATABASE_SECRET: readFileSync(join(folder, 'keys/database.secret'), 'utf8'),
    SHUZHENG_KEYS: join(folder, 'keys'),
    SHUZHENG_FILES: join(folder, 'files'),
  };
  const main = join(root, 'apps/all-in-one/dist/main.js');
  return spawnSync(process.execPath, [main], { env, encoding: 'utf8', timeout: 60_000 });
}

it.each([
  ['SHUZHENG_PROFILE', 'production', false],
  ['SHUZHENG_PROFILE', 'production', true],
  ['KAFKA_PORT', 'abc', true],
  ['DATABASE_POOL', 'many', false],
])('refuses %s=%s with one line before anything is started (over Kafka: %s)', async (name, value, kafka) => {
  const folder = aFolder();

  const refused = new Started({ folder, kafka, env: { [name]: value, SHUZHENG_LOG: 'warn' } });

  expect((await refused.exited).code).toBe(1);
  expect(refused.output).toMatch(new RegExp(`^${name}: [^\\n]+\\n$`));
  expect(readdirSync(folder)).toEqual([]);
});

it('says in one line that the port is taken, that the folder is in use, and that its database is not for production', async () => {
  const folder = aFolder();
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;

  const refused = new Started({ folder, env: { PORT: String(port) } });
  expect((await refused.exited).code).toBe(1);
  expect(refused.output).toContain(`PORT: ${port} is taken`);
  other.close();

  const first = new Started({ folder });
  await first.url();
  const second = new Started({ folder });
  expect((await second.exited).code).toBe(1);
  expect(second.output).toContain('数证已在运行');
  const real = registryOn(folder);
  await first.stop();

  expect([real.status, real.stderr]).toEqual([1, expect.stringMatching(/^DATABASE_URL: name a PostgreSQL [^\n]+\n$/)]);
}, 120_000);

it('starts in a folder that only root may enter', async () => {
  const locked = aFolder();
  chmodSync(locked, 0o700);
  const folder = join(locked, 'data');
  mkdirSync(folder);

  const started = new Started({ folder });
  await started.url();

  expect((await started.stop()).code).toBe(0);
}, 120_000);

it('as an ordinary user starts, goes on after Node and PostgreSQL were killed, stops on Ctrl-C, and starts again', async () => {
  const folder = aFolder();
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  const start = () => new Started({ folder, env: { HOME: folder }, ...(isRoot ? { uid: NOBODY } : {}) });

  const killed = start();
  await killed.says(/ {2}5\/\d+/);
  process.kill(postmasterOf(folder), 'SIGKILL');
  killed.child.kill('SIGKILL');
  await killed.exited;

  const next = start();
  await next.says(/继续演示流程[^]* {2}8\/\d+/);
  expect(next.output).not.toMatch(/ {2}4\/\d+/);
  expect(await next.stop('SIGINT')).toEqual({ code: 0, signal: null });
  expect(processesOf(folder)).toEqual([]);

  const last = start();
  await last.says(/继续演示流程/);
  expect(await last.stop('SIGINT')).toEqual({ code: 0, signal: null });
}, 180_000);
