import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Reach } from './actor.js';
import { Database } from './database.js';
import { rolePassword } from './roles.js';
import type { Service } from './service.js';
import { ServiceUnderTest, TEST_SECRET, type TestDatabase, testDatabase } from './testing/index.js';
import { sample } from './testing/sample-service.js';

const service = new ServiceUnderTest(sample);
const [own, foreign] = [randomUUID(), randomUUID()];

beforeAll(async () => {
  await service.start();
  await service.behind((client) =>
    client.query(
      `insert into note (id, organisation_id, city_code, words) values
         (gen_random_uuid(), $1, '370100', 'own'), (gen_random_uuid(), $2, '370200', 'foreign')`,
      [own, foreign],
    ),
  );
});
afterAll(() => service.stop());

const everything = async (claims: { reach: Reach; organisationId?: string; cityCode?: string }) => {
  const { body } = await service.as({ permissions: [], ...claims }).get('/notes/everything');
  return (body as { organisation_id: string }[]).map(({ organisation_id }) => organisation_id).sort();
};

describe('a query that forgot whose rows it may read', () => {
  it.each([
    ['an institution its own rows', { reach: 'organisation', organisationId: own }, [own]],
    ['a city the rows of its city', { reach: 'city', cityCode: '370200' }, [foreign]],
    ['the province every row', { reach: 'province' }, [own, foreign].sort()],
    ['an institution without an id nothing', { reach: 'organisation' }, []],
    ['a city without a code nothing', { reach: 'city' }, []],
    ['a learner nothing', { reach: 'self', organisationId: own }, []],
    ['public nothing', { reach: 'public', organisationId: own }, []],
    ['nobody nothing', { reach: 'none', organisationId: own }, []],
    ['who invents a reach nothing', { reach: 'god' as Reach, organisationId: own }, []],
  ] as const)('shows %s', async (_, claims, shown) => {
    expect(await everything(claims)).toEqual(shown);
  });

  it('shows a stranger nothing', async () => {
    expect((await service.stranger.get('/notes/everything')).body).toEqual([]);
  });

  it('shows nothing to a statement without any reach, and leaves none on the connection', async () => {
    await Promise.all(Array.from({ length: 20 }, () => everything({ reach: 'province' })));

    const { rows } = await service.get(Database).query('select * from note');
    expect(rows).toEqual([]);
  });
});

it('lets nobody write a row for somebody else, or give one away', async () => {
  const writer = service.as({ permissions: ['notes:write'], organisationId: own });
  const { body } = await writer.post('/notes', { words: 'mine' });
  const other = service.as({ permissions: ['notes:write'], organisationId: foreign });

  const answer = await other.put(`/notes/${body.noteId}`, { words: 'theirs' }, { ifMatch: 1 });
  const nothing = await other.put(`/notes/${randomUUID()}`, { words: 'theirs' }, { ifMatch: 1 });

  expect([answer.status, nothing.status]).toEqual([404, 404]);
  expect({ ...answer.body, correlationId: '' }).toEqual({ ...nothing.body, correlationId: '' });
  await expect(
    service.acting({ reach: 'organisation', organisationId: own, permissions: [] }, () =>
      service.get(Database).read('update note set organisation_id = $1', [foreign]),
    ),
  ).rejects.toMatchObject({ code: '42501' });
});

describe('two services in one database', () => {
  const neighbor: Service = { ...sample, name: 'identity' };
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase([sample, neighbor]);
  });
  afterAll(() => database.drop());

  async function as(role: string, statement: string) {
    const url = Object.assign(new URL(database.url), { username: role, password: rolePassword(TEST_SECRET, role) });
    const client = new pg.Client(url.href);
    await client.connect();
    try {
      return await client.query(statement).then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
    } finally {
      await client.end();
    }
  }

  it.each([
    'select * from identity.note',
    'select * from identity.event',
    'select * from identity.audit',
    'insert into identity.heard values (gen_random_uuid())',
    'select identity.app_reach()',
    'create table identity.more (id int)',
    'create table public.more (id int)',
    'create schema more',
    'set role identity',
  ])('keep to themselves: %s is denied', async (statement) => {
    expect(await as('oversight', statement)).toBe('42501');
  });

  it('each read their own', async () => {
    expect(await as('oversight', 'select * from oversight.note')).toBe('done');
    expect(await as('identity', 'select * from identity.note')).toBe('done');
  });

  it('know no password but their own', async () => {
    const url = Object.assign(new URL(database.url), {
      username: 'identity',
      password: rolePassword(TEST_SECRET, 'oversight'),
    });
    const client = new pg.Client(url.href);

    await expect(client.connect()).rejects.toMatchObject({ code: '28P01' });
  });
});
