import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { services } from '@shuzheng/contracts';
import { asSuperuser, TEST_SECRET, Token } from '@shuzheng/platform/testing';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sharedKafka } from '../messaging/kafka-server.js';
import { remove, temporaryFolder, root } from '../process.js';
import { compose } from './compose.js';
import { asInImage, copied } from './image.js';
import { Running } from './parts.js';

// No container runs here. Each of compose's services is run by its own command with its own variables, from a folder
// that holds what the image would hold; only addresses and folders are those of this machine.
/** Seven services start at the same time, on whatever machine this is. */
const START_MS = 300_000;
const folder = temporaryFolder('deployment');
const image = join(folder, 'app');
const database = `deployment_${randomBytes(6).toString('hex')}`;
const server = new URL(process.env['TEST_POSTGRES_URL'] ?? 'postgres://none');
const env = { POSTGRES_PASSWORD: decodeURIComponent(server.password), DATABASE_SECRET: TEST_SECRET };
const parts = compose(env).services;
const running = new Map<string, Running>();
/** Certification starts in production where there is a module for its key, and as a trial where there is none. */
const token = process.env['TEST_HSM'] ? new Token() : undefined;
let kafka: Awaited<ReturnType<typeof sharedKafka>>;

beforeAll(async () => {
  kafka = await sharedKafka();
  await asSuperuser(async (client) => void (await client.query(`create database ${database} template template0`)));
  asInImage(image);
  const made = spawnSync(process.execPath, ['tools/make-keys.mjs', join(folder, 'keys'), '--trial'], { cwd: image });
  expect([made.status, String(made.stderr)]).toEqual([0, '']);
  mkdirSync(join(folder, 'files'));
  token?.makeKey();
});
afterAll(async () => {
  await Promise.all([...running.values()].map((one) => one.stop()));
  await asSuperuser(async (client) => void (await client.query(`drop database if exists ${database} with (force)`)));
  await kafka.end();
  token?.remove();
  remove(folder);
});

const partOf = (name: string) => {
  const part = parts[name];
  if (!part) throw new Error(`compose has no ${name}`);
  return part;
};

/** The key folder is the one that the file mounts there. */
function placesOf(name: string) {
  const mounted = partOf(name).volumes?.find((volume) => volume.includes(':/run/keys'));
  return new Map([
    ['postgres:5432/shuzheng', `${server.host}/${database}`],
    ['kafka:9092', kafka.brokers.join()],
    ['/run/keys', join(folder, mounted?.split(':')[0] ?? 'no keys')],
    ['/var/lib/shuzheng', join(folder, 'files')],
    ...services.map((service) => [`http://${service}:3000`, running.get(service)?.url ?? ''] as const),
  ]);
}

function start(name: string, change: Record<string, string> = {}) {
  const part = partOf(name);
  const topics = 'TOPIC_PREFIX' in part.environment ? { TOPIC_PREFIX: `${database}.` } : {};
  const environment = { ...part.environment, ...topics, PORT: '0', HOST: '127.0.0.1', ...change };
  return Running.start({ ...part, environment }, image, placesOf(name));
}

it('the image has everything that a command of the deployment names, and can build it', () => {
  expect(copied().filter((name) => !existsSync(join(root, name)))).toEqual([]);
  const built = spawnSync(process.execPath, ['../../tools/build.mjs'], {
    cwd: join(image, 'apps/edge'),
    encoding: 'utf8',
    env: { ...process.env, NODE_PATH: join(root, 'node_modules') },
  });
  // The compiler is a package for development: it is there while the image is built, and no longer afterwards.
  expect(built.stderr).toMatch(/^$|@swc\/core/);
  for (const { command } of Object.values(parts).filter(({ command }) => command?.[0] === 'node')) {
    expect(existsSync(join(image, command[1] ?? ''))).toBe(true);
  }
});

it('a service refuses to start before the migration, and says so in one line', async () => {
  const early = start('oversight');

  expect(await early.ended).toBe(1);
  expect(early.errors.trim()).toMatch(/^DATABASE_URL: [^\n]*run the migration command[^\n]*$/);
});

it('the migration makes schemas, roles and topics, and does nothing the second time', async () => {
  for (const _ of [1, 2]) {
    const migration = start('migrate');
    expect([await migration.ended, migration.errors]).toEqual([0, '']);
  }
});

it('certification does not start in production as long as its signing key is a file', async () => {
  const refused = start('certification');

  expect(await refused.ended).toBe(1);
  expect(refused.errors.trim().split('\n').at(-1)).toMatch(
    /^ISSUER_PKCS11_MODULE: [^\n]+ issuer\.key is a file[^\n]+$/,
  );
});

const key = token?.environment() ?? { SHUZHENG_PROFILE: 'demo' };

it(
  'every service serves in production by its own command, and its health command says so',
  async () => {
    await Promise.all(
      services.map(async (name) => {
        const one = start(name, name === 'certification' ? key : {});
        running.set(name, one);
        await one.serving();
      }),
    );

    for (const name of services) expect([name, running.get(name)?.isHealthy(partOf(name))]).toEqual([name, true]);
  },
  START_MS,
);

it(
  'the edge finds them all by the addresses it is given, and answers for them',
  async () => {
    const edge = start('edge');
    running.set('edge', edge);
    const url = await edge.serving();

    expect(edge.isHealthy(partOf('edge'))).toBe(true);
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, ((await ready.json()) as { checks: unknown[] }).checks]).toEqual([
      200,
      services.map((service) => ({ service, ready: true })),
    ]);
    expect((await fetch(`${url}/api/v1/enrollment/classes`)).status).toBe(401);
  },
  START_MS,
);

it('ends in order when it is told to stop, within the grace that the container has', async () => {
  const oversight = running.get('oversight');
  running.delete('oversight');

  expect(await oversight?.stop()).toBe(0);
});
