import { expect, it } from '@jest/globals';
import { seedCalendar } from '@shuzheng/regulation';
import fc from 'fast-check';
import { clockMoves, clockStates, mayMove, stateOf } from './clock-states.js';
import { daysLeftOver, dueUnderSettings, type OfficeSetting } from './counting.js';

const rule = { n: 30, unit: 'day' } as const;
const day = (n: number) => new Date(Date.UTC(2026, 0, 5) + n * 86_400_000).toISOString().slice(0, 10);

interface Clock {
  settings: OfficeSetting[];
  stoppedOn: string | null;
}

/** What each move does to a clock on a day; the same as the commands and reactions do. */
const moves: Readonly<Record<keyof typeof clockMoves, (clock: Clock, today: string, due: string) => void>> = {
  pause: ({ settings }, from) => settings.push({ kind: 'pause', from, to: null, addsDays: true }),
  resume: (clock, today) => {
    clock.settings = clock.settings.map((one) =>
      one.kind === 'pause' && one.to === null ? { ...one, to: today } : one,
    );
  },
  extend: ({ settings }, _today, due) =>
    settings.push({ kind: 'extension', to: due < '2026-06-30' ? '2026-06-30' : due }),
  stop: (clock, today) => {
    clock.stoppedOn = today;
  },
  reopen: (clock) => {
    clock.stoppedOn = null;
  },
};
const names = Object.keys(moves) as (keyof typeof moves)[];

it('never reaches a state, or a pair of states, that the one table does not have, whatever is done to a clock', () => {
  const anAct = fc.record({ move: fc.constantFrom(...names), after: fc.integer({ min: 0, max: 20 }) });
  fc.assert(
    fc.property(fc.array(anAct, { maxLength: 30 }), (acts) => {
      const clock: Clock = { settings: [], stoppedOn: null };
      const look = () => {
        const due = dueUnderSettings({ rule, day0: day(0), n: 30, ...clock }, seedCalendar);
        return { ...due, state: stateOf({ ...clock, pausedOn: due.pausedOn, effectiveDue: due.effective }) };
      };
      let today = 1;
      for (const { move, after } of acts) {
        today += after;
        const before = look();
        // A clock that was stopped in a pause is not reopened by anybody: its pause has ended with it.
        const inPause = clock.settings.some((one) => one.kind === 'pause' && one.to === null);
        if (!mayMove(move, before.state) || (move === 'reopen' && inPause)) continue;
        moves[move](clock, day(today), before.effective);
        const now = look();
        expect(clockStates).toContain(now.state);
        expect(clockMoves[move].to).toContain(now.state);
        expect(now.effective >= now.statutory && now.statutory >= now.raw).toBe(true);
      }
    }),
  );
});

it('adds calendar days to a limit in days, and working days to one in working days', () => {
  const pause = { kind: 'pause', from: '2026-02-13', to: '2026-02-25', addsDays: true } as const;
  const calendarDays = { rule, day0: '2026-01-31', n: 30, stoppedOn: null, settings: [pause] };
  const workingDays = { ...calendarDays, rule: { n: 10, unit: 'working-day' } as const, day0: '2026-02-06', n: 10 };

  expect(dueUnderSettings(calendarDays, seedCalendar)).toMatchObject({
    statutory: '2026-03-02',
    effective: '2026-03-16',
  });
  // 02-13, 02-14 and 02-24 are the working days of the pause.
  expect(dueUnderSettings(workingDays, seedCalendar)).toMatchObject({
    statutory: '2026-02-27',
    effective: '2026-03-03',
  });
  const idle = { ...pause, addsDays: false };
  expect(dueUnderSettings({ ...calendarDays, settings: [idle] }, seedCalendar).effective).toBe('2026-03-02');
  expect(dueUnderSettings({ ...calendarDays, settings: [{ ...pause, to: null }] }, seedCalendar)).toMatchObject({
    ...{ pausedOn: '2026-02-13', effective: '2026-03-02' },
  });
});

it('leaves a returned part the working days that were not used, and never none', () => {
  const before = { day0: '2026-03-02', n: 10, settings: [] };

  expect(daysLeftOver({ ...before, until: '2026-03-05' }, seedCalendar)).toBe(7);
  expect(daysLeftOver({ ...before, until: '2026-04-30' }, seedCalendar)).toBe(1);
  expect(daysLeftOver({ ...before, until: null }, seedCalendar)).toBe(10);
  const pause = { kind: 'pause', from: '2026-03-03', to: '2026-03-05', addsDays: true } as const;
  expect(daysLeftOver({ ...before, until: '2026-03-06', settings: [pause] }, seedCalendar)).toBe(8);
});
