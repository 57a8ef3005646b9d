import { expect, it } from '@jest/globals';
import { seedCalendar } from '@shuzheng/regulation';
import { type Counts, fieldOf, links, unequal } from './chain.js';
import { standingOf, statusOf } from './standing.js';

const running = { effectiveDue: '2026-03-02', provisional: false, stoppedOn: null };

it.each([
  [running, '2026-02-26', '正常', '还剩 4 天（3 个工作日），到 2026-03-02'],
  [running, '2026-02-27', '临期', '还剩 3 天（2 个工作日），到 2026-03-02'],
  [running, '2026-03-02', '临期', '今天到期（2026-03-02 24:00 前）'],
  [running, '2026-03-04', '逾期', '已逾期 2 天，期限为 2026-03-02'],
  [{ ...running, stoppedOn: '2026-03-02' }, '2026-05-01', '按时完成', '已于 2026-03-02 按时完成，期限为 2026-03-02'],
  [
    { ...running, stoppedOn: '2026-03-05' },
    '2026-05-01',
    '逾期完成',
    '已于 2026-03-05 完成，逾期 3 天，期限为 2026-03-02',
  ],
])('says %j on %s as %s', (clock, today, label, words) => {
  expect(standingOf(clock, today, seedCalendar)).toMatchObject({ label, words });
});

it('adds to a provisional date that it may move', () => {
  expect(standingOf({ ...running, provisional: true }, '2026-02-26', seedCalendar).words).toContain('暂定');
});

it('shows what is inferred or recalled as 待核实', () => {
  expect(['T', 'T2', 'C', 'R', 'I', 'G'].map(statusOf)).toEqual([
    'known',
    'known',
    'known',
    '待核实',
    '待核实',
    '待核实',
  ]);
});

it('says of a paused clock since when, and that the office set it', () => {
  const paused = { ...running, pausedOn: '2026-02-20' };
  expect(standingOf(paused, '2026-03-20', seedCalendar)).toMatchObject({
    label: '暂停',
    overdue: false,
    daysLeft: null,
  });
  expect(standingOf(paused, '2026-03-20', seedCalendar).words).toContain('省厅设定，非法定');
});

it('finds every number of the chain that is not the sum of its parts', () => {
  const none = Object.fromEntries(links.map((link) => [fieldOf(link), 0])) as unknown as Counts;
  const all = {
    ...none,
    filed: 5,
    completed: 4,
    withdrawn: 1,
    entered: 4,
    passed: 3,
    failed: 1,
    confirmed: 3,
    issued: 3,
  };

  expect(unequal(all)).toEqual([]);
  expect(unequal({ ...all, issued: 2 })).toEqual(['confirmed']);
});
