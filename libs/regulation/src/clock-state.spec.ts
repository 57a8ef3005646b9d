import { expect, it } from '@jest/globals';
import { clockState, type ClockFacts } from './clock-state.js';

const ticking: ClockFacts = {
  due: { effective: '2026-10-08', provisional: false },
  today: '2026-09-20',
  dueSoonDays: 5,
};

const calm = { state: 'running', overdue: false, dueSoon: false, provisional: false };

it('runs quietly while there is time', () => {
  expect(clockState(ticking)).toEqual(calm);
});

it.each<[string, Partial<ClockFacts>, object]>([
  ['is not due soon a day before the warning begins', { today: '2026-10-02' }, {}],
  ['is due soon when the warning begins', { today: '2026-10-03' }, { dueSoon: true }],
  ['is due soon, not overdue, on the last day', { today: '2026-10-08' }, { dueSoon: true }],
  ['is overdue the day after', { today: '2026-10-09' }, { overdue: true }],
  ['stops on time on the last day', { stoppedOn: '2026-10-08' }, { state: 'stopped-on-time' }],
  [
    'stays on time however late one looks',
    { stoppedOn: '2026-10-08', today: '2027-01-01' },
    { state: 'stopped-on-time' },
  ],
  ['stops late the day after', { stoppedOn: '2026-10-09', today: '2026-10-09' }, { state: 'stopped-late' }],
  ['stands still while paused', { pausedOn: '2026-10-01', today: '2026-11-01' }, { state: 'paused' }],
  [
    'stays overdue when paused too late',
    { pausedOn: '2026-10-09', today: '2026-11-01' },
    { state: 'paused', overdue: true },
  ],
  [
    'is stopped by the act, even while paused',
    { pausedOn: '2026-10-01', stoppedOn: '2026-10-02' },
    { state: 'stopped-on-time' },
  ],
  ['says that its date is provisional', { due: { effective: '2027-01-04', provisional: true } }, { provisional: true }],
  ['reads the nulls of a database as nothing', { stoppedOn: null, pausedOn: null }, {}],
])('%s', (_, change, expected) => {
  expect(clockState({ ...ticking, ...change })).toEqual({ ...calm, ...expected });
});
