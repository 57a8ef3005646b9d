import { expect, it } from '@jest/globals';
import { batchStates, statusOf } from './batch-status.js';

it('says of every state what is waited for; only 确认 and 颁发 have a day', () => {
  const due = { confirmation: '2026-03-16', issue: '2026-04-15' };
  const told = batchStates.map((state) => statusOf(state, due));
  expect(told.map(({ state, waitsFor, dueOn }) => [state, waitsFor, dueOn])).toEqual([
    ['receiving', null, null],
    ['to-propose', 'department-officer', '2026-03-16'],
    ['to-confirm', 'department-approver', '2026-03-16'],
    ['to-send', 'department-officer', null],
    ['national-review', 'national-office', null],
    ['national-return', 'evaluation-preparer', null],
    ['to-issue', 'evaluation-approver', '2026-04-15'],
    ['department-return', 'evaluation-preparer', null],
    ['finished', null, null],
  ]);
});
