import { expect, it } from '@jest/globals';
import { levelName, levels, parseLevel } from './words.js';

it.each(levels)('reads back the name and the code of %s', (level) => {
  expect(parseLevel(levelName(level))).toBe(level);
  expect(parseLevel(level.toUpperCase())).toBe(level);
});

it.each([
  [' 初　级 ', 'junior'],
  ['中級', 'intermediate'],
  ['高级专业技术等级', 'senior'],
])('reads “%s” as %s', (text, level) => {
  expect(parseLevel(text)).toBe(level);
});

it.each(['', '四级', '4', '四级/中级工', '中级工', '高级工程师', '级', 'constructor'])(
  'does not take “%s” for a level of this program',
  (text) => {
    expect(parseLevel(text)).toBeUndefined();
  },
);
