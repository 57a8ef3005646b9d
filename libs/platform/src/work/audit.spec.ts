import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OrganisationRegistered } from '@shuzheng/contracts';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { ServiceUnderTest } from '../testing/index.js';
import { sample } from '../testing/sample-service.js';
import { Audit } from './audit.js';

const service = new ServiceUnderTest(sample);
beforeAll(() => service.start());
afterAll(() => service.stop());

const organisationId = randomUUID();
const accountId = randomUUID();
const writer = service.as({ permissions: ['notes:write'], organisationId, accountId });
const rows = () =>
  service.query(`select operation, account_id, organisation_id, subject, detail from audit order by at`);
const faults = () => service.get(Audit).faults();

it('has one row for each request that changed something, and none for any other', async () => {
  const before = (await rows()).length;

  const { body } = await writer.post('/notes', { words: 'one' }, { key: 'one-audit-row' });
  await writer.post('/notes', { words: 'one' }, { key: 'one-audit-row' });
  await writer.post('/notes', { words: 'rude!' });
  await writer.post('/notes', { words: 1 });
  await writer.put(`/notes/${body.noteId}`, { words: 'two' }, { ifMatch: 7 });
  await service.as({ permissions: [], organisationId }).post('/notes', { words: 'three' });
  await writer.get('/notes');

  expect((await rows()).slice(before)).toEqual([
    {
      operation: 'notes.take',
      account_id: accountId,
      organisation_id: organisationId,
      subject: `note:${body.noteId}`,
      detail: '{"named":false}',
    },
  ]);
});

it('has a row for what an event and for what a timer changed', async () => {
  const organisation = { organisationId, name: '甲', creditCode: null, cityCode: '370100', role: 'department' };
  await service.hear(OrganisationRegistered, organisation);
  const { body } = await writer.post('/notes', { words: 'later', remindInMinutes: 1 });
  service.clock.set('2026-03-02T09:05:00+08:00');
  await service.runTimers();

  const operations = (await service.query<{ operation: string; subject: string }>('select * from audit')).map(
    ({ operation, subject }) => `${operation} ${subject}`,
  );
  expect(operations).toContain(`timer:remind timer:${body.noteId}`);
  expect(operations).toContain(`reaction:WhenOrganisationRegistered.remember ${sample.name}`);
});

it('is whole when many write at once, and says so to an auditor', async () => {
  await Promise.all(Array.from({ length: 40 }, (_, i) => writer.post('/notes', { words: `many ${i}` })));

  const auditor = service.as({ permissions: ['audit:read'], reach: 'province' });
  expect((await auditor.get('/operations/audit-check')).body).toEqual({ whole: true, faults: [] });
  const chains = await service.query('select chain from audit group by chain having count(*) > 1');
  expect(chains.length).toBeGreaterThan(1);
});

it('says that a statement outside of a transaction has no place for a note', async () => {
  await expect(service.get(Audit).note({ operation: 'nothing' })).rejects.toThrow('outside of a transaction');
});

/** Does it, looks, and undoes it. */
async function whileChanged(statement: string, values: unknown[] = []) {
  return service.behind(async (client) => {
    await client.query('create table kept as table audit; create table kept_chain as table audit_chain');
    await client.query(statement, values);
    const found = await faults();
    await client.query(`truncate audit; insert into audit select * from kept;
      truncate audit_chain; insert into audit_chain select * from kept_chain; drop table kept, kept_chain`);
    return found;
  });
}

describe('finds what somebody with every right', () => {
  const columns: Record<string, string> = {
    at: `at + interval '1 microsecond'`,
    recorded_at: `recorded_at - interval '1 microsecond'`,
    operation: `operation || 'x'`,
    account_id: 'gen_random_uuid()',
    organisation_id: 'null',
    correlation_id: `'-'`,
    subject: `subject || '|'`,
    detail: `replace(detail, 'false', 'true')`,
    previous: `sha256(previous)`,
    hash: `sha256(hash)`,
    sequence: '-sequence',
    chain: 'chain + 100',
  };
  const target = `(chain, sequence) = (select chain, sequence from audit
    where operation = 'notes.take' order by chain, sequence desc offset $1 limit 1)`;

  it('changed in any column of any row', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(columns)), fc.nat(35), async (column, nth) => {
        const found = await whileChanged(`update audit set ${column} = ${columns[column] ?? ''} where ${target}`, [
          nth,
        ]);

        expect(found.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it('deleted, wherever it stood', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(35), async (nth) => {
        expect((await whileChanged(`delete from audit where ${target}`, [nth])).length).toBeGreaterThan(0);
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    ['moved from one value to its neighbor', `update audit set operation = 'a', subject = operation || '|' || subject`],
    ['put in another order', `update audit set sequence = 1000 - sequence`],
    [
      'exchanged',
      `update audit set detail = '{}', subject = other.subject from audit as other
       where audit.chain = other.chain and audit.sequence = 1 and other.sequence = 2`,
    ],
    ['cut off at the end', `delete from audit where sequence > 1`],
    ['cut off at the beginning', `delete from audit where sequence = 1`],
    ['emptied', 'truncate audit'],
    ['emptied, and the heads taken away', 'truncate audit, audit_chain'],
    ['set back in the heads', `update audit_chain set sequence = 0`],
    ['changed in a head', `update audit_chain set hash = sha256(hash)`],
    ['took away with a head', `delete from audit_chain where chain = 3`],
    [
      'added behind the last row, with the right hash of the row before',
      `insert into audit select chain, sequence + 1, at, recorded_at, operation, account_id, organisation_id, correlation_id,
         subject, detail, hash, sha256(hash || convert_to(json_build_array(chain, sequence + 1, extract(epoch from at)::text,
         extract(epoch from recorded_at)::text, operation, account_id, organisation_id, correlation_id, subject, detail)::text, 'UTF8'))
       from (select distinct on (chain) * from audit order by chain, sequence desc)`,
    ],
  ])('%s', async (_, statement) => {
    expect((await whileChanged(statement)).length).toBeGreaterThan(0);
  });

  it('left alone', async () => {
    expect(await whileChanged('select 1')).toEqual([]);
  });
});

it('does nothing that it cannot record', async () => {
  await service.behind((client) => client.query('alter table audit_chain rename to audit_chain_away'));
  const { status } = await writer.post('/notes', { words: 'unrecorded' });
  await service.behind((client) => client.query('alter table audit_chain_away rename to audit_chain'));

  expect(status).toBe(500);
  expect(await service.query(`select 1 from note where words = 'unrecorded'`)).toEqual([]);
});

it('is read by an auditor, by what was done and to what, and by nobody else', async () => {
  const { body } = await writer.post('/notes', { words: 'to be read' });
  const auditor = service.as({ permissions: ['audit:read'], reach: 'province' });

  const { items, total } = (await auditor.get('/operations/audit', { subject: `note:${body.noteId}` })).body;

  expect([total, items[0].operation, items[0].accountId]).toEqual([1, 'notes.take', accountId]);
  expect(items[0].detail).toEqual({ named: false });
  expect((await auditor.get('/operations/audit', { operation: 'notes.take', limit: 2 })).body.items).toHaveLength(2);
  expect((await writer.get('/operations/audit')).body.permission).toBe('audit:read');
});
