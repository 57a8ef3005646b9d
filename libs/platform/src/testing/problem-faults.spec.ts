import { expect, it } from '@jest/globals';
import { problemFaults } from './problem-faults.js';

const problem = (more: object = {}) =>
  JSON.stringify({ type: '/problems/not-found', title: '没有找到', status: 404, code: 'not-found', ...more });
const answer = (body: string, more: object = {}) => ({
  path: '/api/v1/oversight/notes',
  status: 404,
  type: 'application/problem+json; charset=utf-8',
  body,
  ...more,
});
const told = (advice: string) => problemFaults(answer(problem({ advice })));

it('has nothing against a problem with a known code', () => {
  const reasons = [{ code: 'note-rude', title: '用词不当', advice: '请修改用词' }];

  expect(problemFaults(answer(problem()))).toEqual([]);
  expect(problemFaults(answer(problem({ reasons, correlationId: '7f13812c-5d3a-4c0e-9a4e-137001371000' })))).toEqual(
    [],
  );
  expect(problemFaults(answer(''))).toEqual([]);
});

it.each([
  ['no problem', answer('Not Found', { type: 'text/plain' })],
  ['no object', answer('"not-found"')],
  ['no JSON', answer('{')],
  ['another status', answer(problem({ status: 500 }))],
  ['no code', answer(problem({ code: 'Not Found', type: '/problems/Not Found' }))],
  ['another type', answer(problem({ type: 'about:blank' }))],
  ['a code that no catalogue knows', answer(problem({ title: 'not-found' }))],
  [
    'a reason that no catalogue knows',
    answer(problem({ reasons: [{ code: 'mystery', title: 'mystery', advice: '' }] })),
  ],
])('minds %s', (_, given) => {
  expect(problemFaults(given)).toHaveLength(1);
});

it.each([
  ['a stack', 'Error: x\n    at Object.run (file:1)'],
  ['a path', '/home/registry/files/1'],
  ['a path', 'open-session.js:31'],
  ['SQL', 'select id from account where login = $1'],
  ['SQL', 'duplicate key value'],
  ['a document number', '证件 370102199003071234'],
  ['a phone', '请致电 13800138000'],
])('minds %s', (kind, advice) => {
  expect(told(advice)).toEqual([`it tells ${kind}`]);
});

it('minds what was sealed, also on a page', () => {
  expect(problemFaults(answer(problem({ advice: '王小明已报名' })), ['王小明'])).toEqual(['it tells what is sealed']);
  expect(problemFaults(answer('<p>王小明</p>', { path: '/verify/1', type: 'text/html' }), ['王小明'])).toHaveLength(1);
});
