import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalizeNumber } from './numbers.js';

it.each([
  ['lower-case x', '11010519491231002x'],
  ['full-width', '１１０１０５１９４９１２３１００２Ｘ'],
  ['Cyrillic Ha', '11010519491231002Х'],
  ['small Greek chi', '11010519491231002χ'],
  ['spaces and hyphens', ' 110105 1949-1231\u2013002X '],
  ['no-break and ideographic spaces', '110105\u00A019491231\u3000002X'],
  ['invisible characters', '\uFEFF110105\u200B1949\u200E1231\u2060002X\u202C'],
  ['the apostrophe of a spreadsheet', "'11010519491231002X"],
])('reads a number with %s', (_, text) => {
  expect(normalizeNumber(text)).toBe('11010519491231002X');
});

it('keeps what it cannot explain, for the check to refuse', () => {
  expect(normalizeNumber('4.40E+17')).toBe('4.40E+17');
  expect(normalizeNumber('é١')).toBe('É١');
});

it('changes nothing the second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(normalizeNumber(normalizeNumber(text))).toBe(normalizeNumber(text));
    }),
    { numRuns: 2000 },
  );
});
