import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { institutions } from '@shuzheng/institutions';
import { type Host, host } from '@shuzheng/platform';
import { meeting, queued, rounds, ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { newName } from './harness/names.js';
import { Server } from './server/server.js';

const service = new ServiceUnderTest(institutions);
const there: { replica?: Host } = {};
beforeAll(async () => {
  await service.start();
  there.replica = await host([institutions], service.config, { clock: service.clock, alone: true });
}, 60_000);
afterAll(async () => {
  await there.replica?.close();
  await service.stop();
});

const nth = Array.from({ length: rounds(1) }, (_, i) => i);
const claims = {
  ...{ permissions: ['organisations:manage'], reach: 'province' as const },
  ...{ organisationId: randomUUID(), accountId: randomUUID() },
};
const asked: { key: string; name: string } = { key: '', name: '' };
beforeEach(() => {
  Object.assign(asked, { key: randomUUID(), name: newName('评价中心') });
});

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
}

/** The same registration, at whichever of the two processes. */
async function register(
  more: { who?: object; name?: string; at?: string; signal?: AbortSignal } = {},
): Promise<Answer> {
  const { who = {}, name = asked.name, at = service.url, signal } = more;
  const token = await service.token({ ...claims, ...who });
  const answer = await fetch(`${at}/api/v1/institutions/organisations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': asked.key, 'content-type': 'application/json' },
    body: JSON.stringify({ name, creditCode: null, cityCode: '370100', role: 'evaluation-institution' }),
    ...(signal ? { signal } : {}),
  });
  return { status: answer.status, text: await answer.text(), retryAfter: answer.headers.get('retry-after') };
}

/** A hundred at the same moment, half of them at another process. */
const hundred = () =>
  Array.from({ length: 100 }, (_, i) => () => register({ at: i % 2 ? (there.replica?.url ?? '') : service.url }));

/** What was done: rows, events and audit rows of that name. */
async function effects(name = asked.name) {
  const rows = await service.query<{ id: string }>('select id from organisation where name = $1', [name]);
  const ids = rows.map(({ id }) => id);
  const [counted] = await service.query<{ events: number; audited: number }>(
    `select (select count(*)::int from event where aggregate = any ($1)) as events,
       (select count(*)::int from audit where subject = any ($2)) as audited`,
    [ids, ids.map((id) => `organisation:${id}`)],
  );
  return { rows: rows.length, ...counted };
}
const once = { rows: 1, events: 1, audited: 1 };
const distinct = (answers: Answer[]) => [...new Set(answers.map(({ status, text }) => `${status} ${text}`))];
const codeOf = ({ text }: Answer) => (JSON.parse(text) as { code: string }).code;

it.each(nth)(
  'A34 does once what a hundred ask for while the first is in its middle, and answers all alike (%i)',
  async () => {
    const answers = await meeting(
      service,
      { lock: 'lock table organisation in exclusive mode', waiting: 2 },
      hundred(),
    );

    expect(distinct(answers)).toHaveLength(1);
    expect(answers[0]?.status).toBe(201);
    expect(await effects()).toEqual(once);
  },
);

it.each(nth)(
  'tells a hundred to come back while the first takes too long, and does it once when they do (%i)',
  async () => {
    const held = await service.behind(async (client) => {
      // Somebody's process that is at work on this key, and is then killed.
      await client.query('begin');
      await client.query('insert into idempotency (scope, key, fingerprint) values ($1, $2, $3)', [
        `${claims.organisationId}|${claims.accountId}|institutions.register-organisation`,
        asked.key,
        'theirs',
      ]);
      const answers = await Promise.all(hundred().map((ask) => ask()));
      await client.query('rollback');
      return answers;
    });
    expect(new Set(held.map((answer) => `${answer.status} ${codeOf(answer)} ${answer.retryAfter}`))).toEqual(
      new Set(['409 in-progress 2']),
    );
    expect(await effects()).toEqual({ rows: 0, events: 0, audited: 0 });

    const answers = await Promise.all(hundred().map((ask) => ask()));

    expect(distinct(answers)).toHaveLength(1);
    expect(answers[0]?.status).toBe(201);
    expect(await effects()).toEqual(once);
  },
  30_000,
);

it('A34 refuses another body under the same key, while the first is under way and after it', async () => {
  const other = newName('另一机构');

  const [first, meanwhile] = await meeting(service, { lock: 'lock table organisation in exclusive mode', waiting: 2 }, [
    () => register(),
    () => register({ name: other, at: there.replica?.url ?? '' }),
  ]);
  const later = await register({ name: other });

  const statuses = [first, meanwhile].map((answer) => answer?.status);
  expect(statuses.sort()).toEqual([201, 422]);
  const [won, lost] = first?.status === 201 ? [asked.name, other] : [other, asked.name];
  if (won === asked.name) expect([later.status, codeOf(later)]).toEqual([422, 'key-reused']);
  expect([await effects(won), (await effects(lost)).rows]).toEqual([once, 0]);
});

it('takes the same key of another organisation, or of another account, for another key', async () => {
  const mine = await register();
  const [theirs, colleagues] = [
    await register({ who: { organisationId: randomUUID() }, name: `${asked.name}甲` }),
    await register({ who: { accountId: randomUUID() }, name: `${asked.name}乙` }),
  ];

  expect([mine, theirs, colleagues].map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(distinct([mine, theirs, colleagues])).toHaveLength(3);
  expect(await register()).toEqual(mine);
});

describe('a server that is killed', () => {
  // Beside the others, on the same rows: which of them answers must not matter.
  const killedAt = async (point: string) => {
    const server = new Server('institutions', service, { SHUZHENG_CRASH_AT: point });
    const cut = await register({ at: await server.url() }).catch(() => 'cut');
    expect([cut, await server.ended]).toEqual(['cut', 'SIGKILL']);
  };

  it('before the commit, has done nothing; asked again it is done once', async () => {
    await killedAt('command-before-commit');
    expect(await effects()).toEqual({ rows: 0, events: 0, audited: 0 });

    const again = await register();

    expect([again.status, await register()]).toEqual([201, again]);
    expect(await effects()).toEqual(once);
  }, 60_000);

  it('after the commit, has done it once; asked again another gives the answer that was kept', async () => {
    await killedAt('after-commit');
    expect(await effects()).toEqual(once);

    const again = await register();

    const [kept] = await service.query<{ id: string }>('select id from organisation where name = $1', [asked.name]);
    expect([again.status, JSON.parse(again.text)]).toEqual([201, { organisationId: kept?.id }]);
    expect(await effects()).toEqual(once);
  }, 60_000);
});

describe('a client that is gone before the answer', () => {
  it('finds, when it asks again, that it was done once', async () => {
    await service.behind(async (client) => {
      await client.query('begin; lock table organisation in exclusive mode');
      const leaving = new AbortController();
      const gone = register({ signal: leaving.signal }).catch(() => 'gone');
      await queued(client, 1);
      leaving.abort();
      expect(await gone).toBe('gone');
      await client.query('commit');
    });

    const again = await register({ at: there.replica?.url ?? '' });

    expect(again.status).toBe(201);
    expect(await register()).toEqual(again);
    expect(await effects()).toEqual(once);
  });
});
