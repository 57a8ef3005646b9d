import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { keepUnreadable } from '../messaging/unreadable.js';
import { ServiceUnderTest } from '../testing/index.js';
import { sample } from '../testing/sample-service.js';

const service = new ServiceUnderTest(sample);
const operator = service.as({ permissions: ['operations:manage'], reach: 'system' });
beforeAll(() => service.start());
afterAll(() => service.stop());

/** An aggregate whose next event failed five times, with as many behind it. */
async function park(producer: string, type: string, behind = 0, minute = 0) {
  const [aggregate, eventId] = [randomUUID(), randomUUID()];
  await service.query(
    `insert into cursor (producer, aggregate, sequence, failures, error, retry_at, blocked_at, parked_at)
     values ($1, $2, 6, 5, 'Error 22P02', 'infinity', $3, $3)`,
    [producer, aggregate, `2026-03-01T09:0${minute}:00+08:00`],
  );
  await service.query(
    `insert into held (producer, aggregate, sequence, message)
     select $1, $2, 7 + n, json_build_object('id', $3::text, 'type', $4::text) from generate_series(0, $5::int) as n`,
    [producer, aggregate, eventId, type, behind],
  );
  return { aggregate, eventId };
}

it('shows what is parked in pages, the oldest first, by producer and by type', async () => {
  const later = await park('enrollment', 'enrollment.class-opened.v1', 0, 5);
  const first = await park('enrollment', 'enrollment.learner-enrolled.v1', 2, 1);
  const other = await park('assessment', 'assessment.session-opened.v1', 0, 3);
  const shown = async (query: object) => {
    const { body } = await operator.get('/operations/parked', query as Record<string, string>);
    return [body.total, (body.items as { aggregate: string }[]).map(({ aggregate }) => aggregate)];
  };

  const { body } = await operator.get('/operations/parked', { limit: 1 });
  expect(body).toMatchObject({ total: 3, next: expect.any(String) });
  expect(body.items).toEqual([
    {
      id: `enrollment/${first.aggregate}`,
      ...{ producer: 'enrollment', aggregate: first.aggregate, sequence: 7, eventId: first.eventId },
      ...{ type: 'enrollment.learner-enrolled.v1', failures: 5, error: 'Error 22P02', waiting: 2 },
      ...{ blockedAt: '2026-03-01T09:01:00.000+08:00', parkedAt: '2026-03-01T09:01:00.000+08:00' },
    },
  ]);
  expect(await shown({ limit: 1, cursor: body.next })).toEqual([3, [other.aggregate]]);
  expect(await shown({ producer: 'enrollment' })).toEqual([2, [first.aggregate, later.aggregate]]);
  expect(await shown({ type: 'assessment.session-opened.v1' })).toEqual([1, [other.aggregate]]);
});

it('says where a message that is no event lay and which one it is, and nothing of what it says', async () => {
  const bytes = Buffer.from('{"name":"王小明"');
  await keepUnreadable(service.db)({ topic: 'enrollment.events', partition: 3, offset: '41', bytes });
  await keepUnreadable(service.db)({ topic: 'assessment.events', partition: 0, offset: '7', bytes: null });

  const { body, text } = await operator.get('/operations/unreadable', { topic: 'enrollment.events' });
  expect(body).toMatchObject({ total: 1, next: null });
  expect(body.items).toEqual([
    {
      ...{ id: 'enrollment.events/3/41', topic: 'enrollment.events', partition: 3, offset: '41' },
      ...{ cameAt: expect.any(String), length: bytes.length },
      sha256: createHash('sha256').update(bytes).digest('hex'),
    },
  ]);
  expect(text).not.toContain('王小明');
  const { body: both } = await operator.get('/operations/unreadable');
  expect(both.items).toMatchObject([{ offset: '7', length: null, sha256: null }, { offset: '41' }]);
});
