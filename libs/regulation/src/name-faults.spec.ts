import { expect, it } from '@jest/globals';
import { nameFault } from './name-faults.js';

it.each([
  '张三',
  '喆',
  '买买提·艾力',
  '𠮷'.repeat(50),
  '  张三\n',
  "O'Brien",
  '<b>',
  '张三（张叁）',
  'null',
  '\uE001三',
  '王2',
])('takes “%s” for a name', (name) => {
  expect(nameFault(name)).toBeUndefined();
});

it.each([
  ['', 'name-empty'],
  [' \u3000\u200B', 'name-empty'],
  ['张\u0000三', 'name-control-character'],
  ['张\t三', 'name-control-character'],
  ['张\u0085三', 'name-control-character'],
  ['张\u2028三', 'name-control-character'],
  ['张?', 'name-lost-character'],
  ['张？', 'name-lost-character'],
  ['张□', 'name-lost-character'],
  ['张\uFFFD', 'name-lost-character'],
  ['张\uD842', 'name-lost-character'],
  ['𠮷'.repeat(51), 'name-too-long'],
  ['张'.repeat(500), 'name-too-long'],
  ['13812345678', 'name-only-digits'],
  ['１２３', 'name-only-digits'],
  ['·艾力', 'name-dot-at-edge'],
  ['买买提·', 'name-dot-at-edge'],
])('refuses “%s” with %s', (name, fault) => {
  expect(nameFault(name)).toBe(fault);
});
