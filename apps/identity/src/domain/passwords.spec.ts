import { expect, it } from '@jest/globals';
import { isWeak } from './passwords.js';

it.each([
  ['short', 'abcDEF-12'],
  ['of one kind', 'abcdefghijkl'],
  ['of few characters', 'a1a1a1a1a1a1'],
  ['with the login name in it', 'Li-Wei-2026-ok'],
])('finds a password weak that is %s', (_, password) => {
  expect(isWeak(password, 'li-wei')).toBe(true);
});

it.each(['abcdefghi1', '山东省济南市历下区1', 'Shuzheng-demo-2026'])('takes a good one', (password) => {
  expect(isWeak(password, 'li-wei')).toBe(false);
});
