import { institutions } from '@shuzheng/institutions';
import { register } from '../../libs/platform/src/messaging/leases.js';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Bench, compared } from './bench.js';
import { writeByHand } from './baseline-write.js';
import { load, request } from './load.js';
import { adminUrl } from './servers.js';
import { inTurn, type Scale } from './rounds.js';

const GOAL = 0.4;
const POOL = 10;

/** An institution records a teacher with a qualification. */
export const write: Bench = {
  id: 'P16',
  what: 'a writing command through HTTP with all checks, outbox, audit and idempotency; baseline: the same rows by hand',
  goal: `≥ ${GOAL.toFixed(2)}`,
  before: 'Nest and Fastify with a body checked and the command bus, without a database: 25,000/s',
  async run(scale) {
    const world = await aWorld(scale);
    try {
      return compared(await inTurn(scale, world), 'commands/s', GOAL);
    } finally {
      await world.close();
    }
  },
};

async function aWorld({ size }: Scale) {
  const { service, organisations, record, close } = await recordingStaff();
  const pool = new pg.Pool({
    connectionString: adminUrl(service.config.databaseUrl),
    max: POOL,
    options: `-c search_path=${institutions.name}`,
  });
  const count = Math.ceil(3000 * size);
  return {
    baseline: () => byHand(pool, organisations, count),
    product: () => record(count),
    close: async () => {
      await pool.end();
      await close();
    },
  };
}

/** Ten institutions that record teachers over HTTP, each one after the other. */
export async function recordingStaff() {
  const service = new ServiceUnderTest(institutions);
  await service.start();
  await service.runTimers();
  await register(service.db, 'bench');
  const organisations = Array.from({ length: POOL }, () => randomUUID() as string);
  await service.behind((client) => client.query(arranged, [organisations]));
  const commands = await Promise.all(
    organisations.map(async (organisationId) => {
      const token = await service.token({ organisationId, permissions: ['staff:manage'] }, 3600);
      const headers = { authorization: `Bearer ${token}`, 'idempotency-key': '{uuid}' };
      return request('POST', '/api/v1/institutions/staff', headers, JSON.stringify(aTeacher));
    }),
  );
  return {
    service,
    db: service.db,
    organisations,
    record: (count: number) => load(service.url, commands, count),
    close: () => service.stop(),
  };
}

/** As many at a time as there are connections. */
async function byHand(pool: pg.Pool, organisations: readonly string[], count: number) {
  let left = count;
  const since = performance.now();
  await Promise.all(
    organisations.map(async (organisation) => {
      while (left-- > 0) await writeByHand(pool, organisation);
    }),
  );
  return count / ((performance.now() - since) / 1000);
}

const aTeacher = {
  kind: 'teacher',
  name: '欧阳明远',
  qualifications: [
    {
      occupationCode: '2-02-38-05',
      level: 'junior',
      certificate: '高级工程师',
      source: '省人力资源社会保障厅',
      from: '2020-01-01',
      to: null,
    },
  ],
  from: '2026-01-01',
  to: null,
};

const arranged = `
  insert into organisation (id, name, city_code, role, registered_at)
  select id, '培训机构' || id, '370100', 'training-institution', now() from unnest($1::uuid[]) as id`;
