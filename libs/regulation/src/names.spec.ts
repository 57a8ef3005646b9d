import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchingName, normalizeName } from './names.js';

const spaces = [0x20, 0xa0, 0x1680, ...Array.from({ length: 11 }, (_, n) => 0x2000 + n), 0x202f, 0x205f, 0x3000];

it.each([...'·•・･‧⋅ㆍ∙ᐧ.．。﹒-‐'])('reads the middle dot typed as %s', (dot) => {
  expect(normalizeName(`买买提${dot}艾力`)).toBe('买买提·艾力');
  expect(normalizeName(`买买提 ${dot}${dot} 艾力`)).toBe('买买提·艾力');
});

it('keeps full stops and hyphens in Latin names', () => {
  expect(normalizeName('Mary-Ann  J. O’Brien')).toBe('Mary-Ann J. O’Brien');
});

it('reads all 17 kinds of spaces alike', () => {
  expect(spaces).toHaveLength(17);
  for (const space of spaces.map((code) => String.fromCodePoint(code))) {
    expect(normalizeName(`${space}John${space}${space}Smith${space}`)).toBe('John Smith');
    expect(normalizeName(`欧阳${space}修`)).toBe('欧阳修');
  }
});

it.each([
  '𠮷野',
  '㛃',
  '𬱖𰻝',
  '\uF91D',
  '\u{2F800}',
  '葛\u{E0100}城',
  '⼈',
  '吳喆',
  '\uE001',
  '张三（张叁）',
  'Ａｎｎａ',
])('keeps %s as the id card has it', (name) => {
  expect(normalizeName(name)).toBe(name);
});

it('composes letters and drops what cannot be seen', () => {
  expect(normalizeName('\uFEFFRene\u0301\u200B\u202E\u00AD')).toBe('René');
});

it.each([
  ['买买提·艾力', '买买提艾力'],
  ['买买提·艾力', '买买提 • 艾力'],
  ['葛\u{E0100}城', '葛城'],
  ['\uF91D太', '欄太'],
  ['\u{2F800}', '丽'],
  ['⼈', '人'],
  ['Ａｎｎａ　Müller', 'ANNA MU\u0308LLER'],
  ['O’Brien', "o'brien"],
])('finds %s by %s', (name, other) => {
  expect(matchingName(name)).toBe(matchingName(other));
});

it('keeps different people apart', () => {
  expect(new Set(['吴', '吳', '哲', '喆', '张?', '张'].map(matchingName)).size).toBe(6);
});

it('changes nothing the second time', () => {
  const piece = fc.constantFrom(...'张欧阳·•.-。 \u3000\u200Baé\u0301\u{E0100}\uF91D𠮷ㆍ');
  const aName = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 12 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(aName, (name) => {
      expect(normalizeName(normalizeName(name))).toBe(normalizeName(name));
      expect(matchingName(matchingName(name))).toBe(matchingName(name));
      expect(matchingName(normalizeName(name))).toBe(matchingName(name));
    }),
    { numRuns: 5000 },
  );
});
