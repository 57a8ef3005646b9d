import { expect, it } from '@jest/globals';
import { seedCalendar } from '@shuzheng/regulation';
import { judgeReport, statementOf } from './reporting.js';

it.each([
  ['2026-01-31', '2026-03-02', '2026-03-02', '2026-03-02', true],
  ['2026-01-31', '2026-03-03', '2026-03-02', '2026-03-02', false],
  ['2026-01-16', '2026-02-24', '2026-02-15', '2026-02-24', true],
  ['2026-01-16', '2026-02-25', '2026-02-15', '2026-02-24', false],
])(
  'completed on %s and filed on %s: due on %s, in effect on %s',
  (completedOn, filedOn, dueOn, effectiveDueOn, onTime) => {
    expect(judgeReport(seedCalendar, completedOn, filedOn)).toMatchObject({
      dueOn,
      effectiveDueOn,
      onTime,
      provisional: false,
      clock: { document: '鲁人社字〔2022〕156号', article: '四（二）' },
    });
  },
);

it('says that a day which no notice covers is provisional', () => {
  const due = judgeReport(seedCalendar, '2026-12-10', '2027-01-05');

  expect(due).toMatchObject({ dueOn: '2027-01-09', provisional: true });
  expect(statementOf(due)).toBe('按期报送（截止日暂定）');
});

it('knows no time limit from before the policy', () => {
  expect(() => judgeReport(seedCalendar, '2022-12-07', '2022-12-08')).toThrow(RangeError);
});
