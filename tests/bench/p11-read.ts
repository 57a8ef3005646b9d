import { enrollment } from '@shuzheng/enrollment';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { readingServer } from './baseline-read.js';
import { type Bench, compared } from './bench.js';
import { load, request } from './load.js';
import { adminUrl } from './servers.js';
import { inTurn, type Scale } from './rounds.js';

const GOAL = 0.5;
const CONNECTIONS = 32;
const POOL = 10;

/** A receipt by its id, as its institution reads it. */
export const read: Bench = {
  id: 'P11',
  what: 'a read by id through HTTP with token, reach, row-level security and log; baseline: bare node:http and the same query',
  goal: `≥ ${GOAL.toFixed(2)}`,
  before: 'node:http and a named statement by primary key, asked by wrk: 20,900/s; through Nest and Fastify 0.95 of it',
  async run(scale) {
    const world = await aWorld(scale);
    try {
      return compared(await inTurn(scale, world), 'answers/s', GOAL);
    } finally {
      await world.close();
    }
  },
};

async function aWorld({ size }: Scale) {
  const service = new ServiceUnderTest(enrollment);
  await service.start();
  const receipts = Array.from({ length: CONNECTIONS }, () => ({ id: randomUUID(), organisationId: randomUUID() }));
  await service.behind(async (client) => {
    for (const { id, organisationId } of receipts) await client.query(arranged, [id, organisationId, `2026-${id}`]);
  });
  // As the superuser, whom no policy stops.
  const bare = await readingServer(adminUrl(service.config.databaseUrl), enrollment.name, find, POOL);
  const path = (id: string) => `/api/v1/enrollment/receipts/${id}`;
  const asked = await Promise.all(
    receipts.map(async ({ id, organisationId }) => {
      const token = await service.token({ organisationId, permissions: ['plans:read'] }, 3600);
      return request('GET', path(id), { authorization: `Bearer ${token}` });
    }),
  );
  const count = Math.ceil(20_000 * size);
  return {
    baseline: () => load(bare.url, asked, count),
    product: () => load(service.url, asked, count),
    close: async () => {
      await bare.close();
      await service.stop();
    },
  };
}

const arranged = `
  with filed as (
    insert into filing (id, plan_id, kind, version, organisation_id, city_code, content, sha256, seats, entry_ids, rule_ids,
      unverified, filed_by, filed_at, first_filed_at)
    values ($1, gen_random_uuid(), 'training', 1, $2, '370100', '{}', repeat('a', 64), 40, array[gen_random_uuid()],
      array[gen_random_uuid()], '{standard-hours}', gen_random_uuid(), now(), now())
    returning *
  ), known as (
    insert into known_organisation (id, name, city_code, role) values ($2, '培训机构', '370100', 'training-institution')
  )
  insert into receipt (id, filing_id, plan_id, kind, version, recipient, organisation_id, city_code, number, received_by, received_at)
  select id, id, plan_id, kind, 1, 'department', organisation_id, city_code, $3, filed_by, filed_at from filed`;

// The statement of `enrollment.find-receipt`, word for word.
const find = `
  select receipt.id, number, recipient, receipt.plan_id as "planId", receipt.kind, receipt.version,
    receipt.organisation_id as "organisationId", organisation.name as "organisationName", seats,
    filed_at as "filedAt", first_filed_at as "firstFiledAt", received_at as "receivedAt", sha256,
    entry_ids as "entryIds", rule_ids as "ruleIds", unverified
  from receipt join filing on filing.id = filing_id
  left join known_organisation as organisation on organisation.id = receipt.organisation_id
  where receipt.id = $1`;
