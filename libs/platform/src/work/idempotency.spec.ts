import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import supertest from 'supertest';
import { ServiceUnderTest } from '../testing/index.js';
import { sample } from '../testing/sample-service.js';

const service = new ServiceUnderTest(sample);
beforeAll(() => service.start());
afterAll(() => service.stop());

const organisationId = randomUUID();
const accountId = randomUUID();
const writer = service.as({ permissions: ['notes:write'], organisationId, accountId });
const aKey = () => `key-${randomUUID()}`;
const notesSaying = async (words: string) =>
  (await service.query('select 1 from note where words = $1', [words])).length;

/** Returns when a statement waits for what `client` holds. */
async function waitingFor(client: pg.Client, statement: string) {
  for (let tries = 0; tries < 500; tries++) {
    await client.query('select pg_stat_clear_snapshot()');
    const { rowCount } = await client.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ~ $1`,
      [statement],
    );
    if (rowCount) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nobody waits to ${statement}`);
}

it('A34 makes one record of fifty identical requests at the same moment, and answers all of them alike', async () => {
  const key = aKey();
  const before = (await service.announced()).length;

  const answers = await service.behind(async (client) => {
    await client.query('begin; lock table note in exclusive mode');
    const all = Array.from({ length: 50 }, () => writer.post('/notes', { words: 'barrier' }, { key }));
    await waitingFor(client, 'insert into note');
    await client.query('commit');
    return Promise.all(all);
  });

  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(answers[0]?.status).toBe(201);
  expect(await notesSaying('barrier')).toBe(1);
  expect((await service.announced()).length).toBe(before + 1);
});

it('gives fifty requests with keys of their own fifty records', async () => {
  await Promise.all(Array.from({ length: 50 }, () => writer.post('/notes', { words: 'own' })));

  expect(await notesSaying('own')).toBe(50);
});

it('A34 takes a body for the same however it is written, and refuses another one', async () => {
  const key = aKey();
  const first = await writer.post('/notes', { words: 'form', rank: 1 }, { key });

  const reordered = await writer.post('/notes', { rank: 1.0, words: 'form' }, { key });
  const other = await writer.post('/notes', { words: 'form', rank: 2 }, { key });

  expect(reordered.body).toEqual(first.body);
  expect([other.status, other.body.code]).toEqual([422, 'key-reused']);
  expect(await notesSaying('form')).toBe(1);
});

it('leaves another account, organisation or operation the same key of its own', async () => {
  const key = aKey();
  const { body } = await writer.post('/notes', { words: 'scope' }, { key });
  const others = [{ organisationId }, { accountId }].map((own) =>
    service.as({ permissions: ['notes:write'], organisationId: randomUUID(), ...own }),
  );

  const answers = [
    ...(await Promise.all(others.map((other) => other.post('/notes', { words: 'scope' }, { key })))),
    await writer.put(`/notes/${body.noteId}`, { words: 'amended' }, { key, ifMatch: 1 }),
  ];

  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set([body, ...answers.map((answer) => answer.body)].map(({ noteId }) => noteId)).size).toBe(4);
});

it('repeats an answer that says nothing as it was', async () => {
  const { body } = await writer.post('/notes', { words: 'version' });
  const amend = (key: string) => writer.put(`/notes/${body.noteId}`, { words: 'amended twice' }, { key, ifMatch: 1 });
  const key = aKey();

  const [first, again] = [await amend(key), await amend(key)];

  expect([again.status, again.text]).toEqual([first.status, first.text]);
  expect((await amend(aKey())).body.code).toBe('stale-version');
});

it('keeps no refusal: the same request is judged anew', async () => {
  const key = aKey();
  const { body } = await writer.post('/notes', { words: 'before' });
  const amend = (ifMatch: number) => writer.put(`/notes/${body.noteId}`, { words: 'after' }, { key, ifMatch });

  const refused = [await writer.post('/notes', { words: 'rude' }, { key }), await amend(2)];
  const accepted = [await writer.post('/notes', { words: 'kind' }, { key }), await amend(1)];

  expect(refused.map(({ status }) => status)).toEqual([422, 409]);
  expect(accepted.map(({ status }) => status)).toEqual([201, 201]);
});

describe('while another process works on the same key', () => {
  const claim = (client: pg.Client, key: string) =>
    client.query(`begin; insert into idempotency (scope, key, fingerprint) values
      ('${organisationId}|${accountId}|notes.take', '${key}', 'f')`);

  it('waits for five seconds and then says when to come back', async () => {
    const key = aKey();
    const began = Date.now();

    const answer = await service.behind(async (client) => {
      await claim(client, key);
      return writer.post('/notes', { words: 'waiting' }, { key });
    });

    expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([409, 'in-progress', '2']);
    expect(Date.now() - began).toBeGreaterThan(4000);
    expect(Date.now() - began).toBeLessThan(20_000);
    expect(await notesSaying('waiting')).toBe(0);
  });

  it('goes on by itself when the other one was killed or rolled back', async () => {
    const key = aKey();

    const answer = await service.behind(async (client) => {
      await claim(client, key);
      const asked = writer.post('/notes', { words: 'taken over' }, { key });
      await waitingFor(client, 'insert into idempotency');
      await client.query('rollback');
      return asked;
    });

    expect(answer.status).toBe(201);
    expect(await notesSaying('taken over')).toBe(1);
  });

  it('answers what the other one answered', async () => {
    const first = await writer.post('/notes', { words: 'twice' });
    const key = aKey();
    const { fingerprint } = (
      await service.query<{ fingerprint: string }>(`select fingerprint from idempotency where answer->>'noteId' = $1`, [
        first.body.noteId,
      ])
    )[0] ?? { fingerprint: '' };

    const answer = await service.behind(async (client) => {
      await claim(client, key);
      const asked = writer.post('/notes', { words: 'twice' }, { key });
      await waitingFor(client, 'insert into idempotency');
      await client.query(`update idempotency set answer = '{"noteId":"theirs"}', fingerprint = '${fingerprint}'
        where key = '${key}'; commit`);
      return asked;
    });

    expect([answer.status, answer.body]).toEqual([201, { noteId: 'theirs' }]);
  });
});

it('answers who was cut off before the answer came, when it asks again', async () => {
  const key = aKey();
  const ask = () => writer.post('/notes', { words: 'cut off' }, { key });

  await service.behind(async (client) => {
    await client.query('begin; lock table note in exclusive mode');
    const controller = new AbortController();
    const token = await service.token({ permissions: ['notes:write'], organisationId, accountId });
    const cut = fetch(`${service.url}/api/v1/${sample.name}/notes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': key, 'content-type': 'application/json' },
      body: JSON.stringify({ words: 'cut off' }),
      signal: controller.signal,
    }).catch(() => 'cut off');
    await waitingFor(client, 'insert into note');
    controller.abort();
    expect(await cut).toBe('cut off');
    await client.query('commit');
  });

  const [again, once] = [await ask(), await ask()];
  expect([again.status, once.body]).toEqual([201, again.body]);
  expect(await notesSaying('cut off')).toBe(1);
});

it.each([undefined, 'short', 'x'.repeat(129)])('asks for a key of 8 to 128 characters where it is %j', async (key) => {
  const token = await service.token({ permissions: ['notes:write'], organisationId });
  const request = supertest(service.url)
    .post(`/api/v1/${sample.name}/notes`)
    .set('Authorization', `Bearer ${token}`)
    .send({ words: 'no key' });

  const { status, body } = await (key === undefined ? request : request.set('Idempotency-Key', key));

  expect([status, body.code]).toEqual([400, 'key-missing']);
  expect(await notesSaying('no key')).toBe(0);
});
