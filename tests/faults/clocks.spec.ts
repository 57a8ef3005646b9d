import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ClassCompleted } from '@shuzheng/contracts';
import { oversight } from '@shuzheng/oversight';
import { rounds, ServiceUnderTest } from '@shuzheng/platform/testing';
import { type Calendar, dueOf, seedCalendar, statutoryClocks } from '@shuzheng/regulation';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { Server } from './server/server.js';

const service = new ServiceUnderTest(oversight, { now: '2026-03-02T09:00:00+08:00' });
const zones = ['UTC', 'America/New_York', 'Pacific/Auckland'];
const servers: Server[] = [];
beforeAll(async () => {
  await service.start();
  await service.runTimers();
  servers.push(...zones.map((TZ) => new Server('oversight', service, { TZ })));
  await Promise.all(servers.map((server) => server.url()));
}, 60_000);
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await service.stop();
});

/** Every day from 2023 to 2028 with whether people work on it, counted by index and not by the library's days. */
function worked({ years }: Calendar) {
  const holidays = new Set(years.flatMap((year) => year.holidays));
  const makeUp = new Set(years.flatMap(({ makeUpWorkdays }) => makeUpWorkdays));
  const fixed = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];
  const known = new Set(years.map(({ year }) => String(year)));
  return Array.from({ length: 6 * 365 + 2 }, (_, i) => {
    const date = new Date(Date.UTC(2023, 0, 1 + i));
    const day = date.toISOString().slice(0, 10);
    const weekend = date.getUTCDay() % 6 === 0;
    const off = holidays.has(day) || weekend || (!known.has(day.slice(0, 4)) && fixed.includes(day.slice(5)));
    return { day, works: makeUp.has(day) || !off, known: known.has(day.slice(0, 4)) };
  });
}

/** The due day by pointing at the days one after the other. */
function pointedOut(days: ReturnType<typeof worked>, start: number, { n, unit }: { n: number; unit: string }) {
  let at = start;
  for (let counted = 0; counted < n;) if (days[++at]?.works || unit === 'day') counted += 1;
  const raw = at;
  while (!days[at]?.works) at += 1;
  const from = unit === 'day' ? raw : start + 1;
  return { effective: days[at]?.day, provisional: days.slice(from, at + 1).some(({ known }) => !known) };
}

const aYear = (year: number) =>
  fc.uniqueArray(fc.integer({ min: 0, max: 363 }), { maxLength: 40 }).map((days) => {
    const all = days.map((day) => new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10));
    const half = all.length / 2;
    const source = { title: '某年部分节假日安排的通知', number: '', date: '', takenFrom: '测试' };
    return {
      ...{ year, coversThrough: `${year}-12-31`, source, confidence: 'T' as const },
      ...{ holidays: all.slice(0, half), makeUpWorkdays: all.slice(half) },
    };
  });
const tables = fc.oneof(
  fc.constant(seedCalendar),
  fc.tuple(aYear(2024), aYear(2025), aYear(2026)).map((years): Calendar => ({ years })),
);

it('every clock that starts on any day of 2024–2026 is due on the day that pointing at a calendar finds', () => {
  fc.assert(
    fc.property(tables, (calendar) => {
      const days = worked(calendar);
      for (const rule of statutoryClocks)
        for (let start = 365; start < 365 + 1096; start++) {
          const { effective, provisional } = dueOf(rule, calendar, days[start]?.day ?? '');
          const wanted = pointedOut(days, start, rule);
          if (effective !== wanted.effective || provisional !== wanted.provisional)
            throw new Error(`${rule.code} from ${days[start]?.day}: ${effective} instead of ${wanted.effective}`);
        }
    }),
    { numRuns: rounds(4), examples: [[seedCalendar]] },
  );
}, 300_000);

it('a clock is overdue from 00:00 in Shanghai and not a millisecond before, wherever the server says it stands', async () => {
  const [classId, organisationId] = [randomUUID(), randomUUID()];
  // 30 days from 1 December: the year ends in between.
  await service.hear(ClassCompleted, {
    ...{ classId, planId: randomUUID(), organisationId, cityCode: '370100', completedOn: '2025-12-01', learners: [] },
    subject: { occupationCode: '2-02-38-05', edition: '2021年版', level: 'junior', direction: '智能装备与产线应用' },
  });
  const token = await service.token({ permissions: ['clocks:read'], reach: 'province' });
  const labelAt = async (server: Server, time: string) => {
    await server.setClock(time);
    const url = `${await server.url()}/api/v1/oversight/clocks?subjectId=${classId}`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const [clock] = ((await answer.json()) as { items: { effectiveDue: string; label: string }[] }).items;
    return `${clock?.effectiveDue} ${clock?.label}`;
  };

  for (const server of servers) {
    expect(await labelAt(server, '2025-12-31T23:59:59.999+08:00')).toBe('2025-12-31 临期');
    expect(await labelAt(server, '2026-01-01T00:00:00.000+08:00')).toBe('2025-12-31 逾期');
  }
});
