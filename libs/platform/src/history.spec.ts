import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { rolePassword } from './roles.js';
import { ServiceUnderTest, TEST_SECRET } from './testing/index.js';
import { sample } from './testing/sample-service.js';

const service = new ServiceUnderTest(sample);
beforeAll(async () => {
  await service.start();
  await service.as({ permissions: ['notes:write'], organisationId: randomUUID() }).post('/notes', { words: 'history' });
});
afterAll(() => service.stop());

describe('the role that the service runs under', () => {
  async function asService(statement: string) {
    const url = Object.assign(new URL(service.config.databaseUrl), {
      username: sample.name,
      password: rolePassword(TEST_SECRET, sample.name),
    });
    const client = new pg.Client(url.href);
    await client.connect();
    try {
      await client.query(`set search_path = ${sample.name}`);
      return await client.query(statement).then(
        ({ rowCount }) => rowCount,
        (error: { code?: string }) => error.code,
      );
    } finally {
      await client.end();
    }
  }

  it.each([
    `update audit set operation = 'x'`,
    'delete from audit',
    'truncate audit',
    'drop table audit',
    'delete from audit_chain',
    `update event set type = 'x'`,
    'delete from event',
    'truncate event',
    `update event_rest set type = 'x'`,
    'delete from event_rest',
    `delete from event_${new Date().toISOString().slice(0, 7).replace('-', '_')}`,
    `update event_${new Date().toISOString().slice(0, 7).replace('-', '_')} set data = '{}'`,
    'delete from migration',
    `insert into migration (timestamp, name) values (1, 'x')`,
    'alter table note disable row level security',
    'alter table audit disable trigger all',
    'create table more (id int)',
    `set role ${sample.name}_owner`,
    'create role somebody',
  ])('may not %s', async (statement) => {
    expect(['42501', '42809']).toContain(await asService(statement));
  });

  it('may read the history it added', async () => {
    expect(await asService('select * from event')).toBeGreaterThan(0);
    expect(await asService('select * from audit')).toBeGreaterThan(0);
  });
});
