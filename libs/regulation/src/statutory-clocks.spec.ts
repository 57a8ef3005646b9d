import { expect, it } from '@jest/globals';
import { seedCalendar } from './calendar-2024-2026.js';
import { dueOf, statutoryClockOn, statutoryClocks } from './statutory-clocks.js';

it('has the four time limits of the policy and no fifth', () => {
  expect(statutoryClocks.map(({ code, n, unit }) => `${code} ${n} ${unit}`)).toEqual([
    'training-report 30 day',
    'result-report 30 day',
    'confirmation 10 working-day',
    'issue 30 day',
  ]);
});

it('knows a time limit since the day of the policy', () => {
  expect(statutoryClockOn('issue', '2022-12-07')).toBeUndefined();
  expect(statutoryClockOn('issue', '2022-12-08')).toMatchObject({ n: 30, article: '四（三）' });
});

it('marks from when the confirmation runs as our reading', () => {
  expect(statutoryClockOn('confirmation', '2026-01-01')).toMatchObject({ confidence: 'T', startConfidence: 'I' });
});

it('counts each limit in its own unit', () => {
  expect(dueOf({ n: 30, unit: 'day' }, seedCalendar, '2026-09-01').effective).toBe('2026-10-08');
  expect(dueOf({ n: 10, unit: 'working-day' }, seedCalendar, '2026-09-18').effective).toBe('2026-10-09');
});
