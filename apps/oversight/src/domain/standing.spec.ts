import { expect, it } from '@jest/globals';
import { seedCalendar } from '@shuzheng/regulation';
import { between, steps } from './chain.js';
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

it('leaves nobody between two steps where everybody has come to the end', () => {
  const counts = Object.fromEntries(steps.map((step) => [step, 0]));
  const all = { ...counts, filed: 5, completed: 5, entered: 5, passed: 4, failed: 1, confirmed: 4, issued: 4 };

  expect(Object.values(between(all as Parameters<typeof between>[0]))).toEqual([0, 0, 0, 0, 0]);
});
