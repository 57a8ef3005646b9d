import { expect, it } from '@jest/globals';
import { type StatusFacts, statusOf } from './status.js';

const facts: StatusFacts = {
  ...{ state: 'open', today: '2026-03-05', theoryOn: '2026-03-10', abilityOn: '2026-03-12', opensOn: null },
  ...{ submitted: 0, reportDueOn: '2026-04-13', returned: 0, corrected: 0, undecided: 0 },
};

it.each<[string, Partial<StatusFacts>, string | null, string | null]>([
  ['待开放申报', { state: 'planned', opensOn: '2026-03-06' }, null, '2026-03-06'],
  ['申报中', {}, 'learner', '2026-03-10'],
  ['待资格确认', { submitted: 1 }, 'evaluation-preparer', '2026-03-12'],
  ['考核中', { today: '2026-03-11' }, 'evaluation-preparer', '2026-03-12'],
  ['待办理考核结束', { today: '2026-03-12' }, 'evaluation-preparer', '2026-03-12'],
  ['待登记成绩', { state: 'sat' }, 'evaluation-preparer', '2026-04-13'],
  ['待发布成绩', { state: 'marked' }, 'evaluation-approver', '2026-04-13'],
  ['待报送', { state: 'released' }, 'evaluation-approver', '2026-04-13'],
  ['待省厅确认', { state: 'reported', undecided: 2 }, 'department', null],
  ['退回待更正', { state: 'reported', undecided: 2, returned: 1 }, 'evaluation-preparer', null],
  ['更正后待再次报送', { state: 'reported', corrected: 1 }, 'evaluation-approver', null],
  ['省厅已答复', { state: 'reported' }, null, null],
  ['已取消', { state: 'cancelled' }, null, null],
])('%s', (title, change, waitsFor, dueOn) => {
  const all = { ...facts, ...change };
  expect(statusOf(all)).toEqual({ state: all.state, title, waitsFor, dueOn });
});
