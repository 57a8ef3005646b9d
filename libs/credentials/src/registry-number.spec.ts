import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatRegistryNumber, parseRegistryNumber } from './registry-number.js';

const parts = fc.record({
  province: fc.integer({ min: 11, max: 82 }).map(String),
  year: fc.integer({ min: 2021, max: 2099 }),
  serial: fc.integer({ min: 1, max: 9_999_999 }),
});
const first = '37-2026-0000123-33';

it('writes province, year, serial and two check digits', () => {
  expect(formatRegistryNumber({ province: '37', year: 2026, serial: 123 })).toBe(first);
});

it('gives back the parts of every number it wrote', () => {
  fc.assert(
    fc.property(parts, (number) => {
      const text = formatRegistryNumber(number);
      expect(parseRegistryNumber(text)).toEqual({ ok: true, ...number, number: text });
    }),
  );
});

it.each([
  '3720260000123 33',
  '３７－２０２６－００００１２３－３３',
  ' 37 – 2026 – 0000123 – 33\u200b',
  '37—2026—0000123—33',
])('reads %j as it was meant', (text) => {
  expect(parseRegistryNumber(text)).toMatchObject({ ok: true, number: first });
});

it('finds every single wrong digit', () => {
  fc.assert(
    fc.property(parts, fc.nat(14), fc.integer({ min: 1, max: 9 }), (number, at, shift) => {
      const digits = formatRegistryNumber(number).replaceAll('-', '');
      const wrong = (Number(digits[at]) + shift) % 10;
      return !parseRegistryNumber(digits.slice(0, at) + wrong + digits.slice(at + 1)).ok;
    }),
  );
});

it('finds every swap of two neighbors', () => {
  fc.assert(
    fc.property(parts, fc.nat(13), (number, at) => {
      const digits = formatRegistryNumber(number).replaceAll('-', '');
      fc.pre(digits[at] !== digits[at + 1]);
      const swapped = digits.slice(0, at) + digits.charAt(at + 1) + digits.charAt(at) + digits.slice(at + 2);
      return !parseRegistryNumber(swapped).ok;
    }),
  );
});

it.each(['', '37-2026-0000123', '37-2026-0000123-2X', '37-1926-0000123-33', '37-2026-0000000-59', `${first}0`])(
  'says that %j has not the form of a number',
  (text) => {
    expect(parseRegistryNumber(text)).toEqual({ ok: false, fault: 'registry-number-format' });
  },
);

it('says apart that the form is right and the check is not', () => {
  expect(parseRegistryNumber('37-2026-0000124-33')).toEqual({ ok: false, fault: 'registry-number-check' });
});

it.each([
  { province: '3', year: 2026, serial: 1 },
  { province: '37', year: 1999, serial: 1 },
  { province: '37', year: 2026, serial: 0 },
  { province: '37', year: 2026, serial: 10_000_000 },
  { province: '37', year: 2026, serial: 1.5 },
])('makes no number of %j', (number) => {
  expect(() => formatRegistryNumber(number)).toThrow(RangeError);
});
