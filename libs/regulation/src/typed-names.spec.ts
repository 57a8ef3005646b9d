import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cities, citiesOn, cityOf, province } from './divisions.js';
import { maskName } from './name-masks.js';
import { nameFault } from './name-faults.js';
import { matchingName, normalizeName } from './names.js';

// Common and rare characters, beyond the basic plane, with a variation selector, of another script.
const signs = ['王', '小', '明', '喆', '㛃', '𠮷', '𬱖', '\u{2CE93}', '葛\u{E0100}', '\uF91D', 'é', 'Ж', 'ا'];
const aSign = fc.constantFrom(...signs);
const aName = fc.oneof(
  fc.array(aSign, { minLength: 2, maxLength: 12 }).map((all) => all.join('')),
  fc
    .array(
      fc.array(aSign, { minLength: 1, maxLength: 4 }).map((part) => part.join('')),
      { minLength: 2, maxLength: 4 },
    )
    .map((parts) => parts.join('·')),
);
const forms = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

it('finds a name in every form of Unicode, and never shows more of one than of another', () => {
  fc.assert(
    fc.property(aName, fc.constantFrom(...forms), (name, form) => {
      expect(matchingName(name.normalize(form))).toBe(matchingName(name));
      expect([...maskName(name.normalize(form))].filter((sign) => sign === '*')).toHaveLength(
        [...maskName(name)].filter((sign) => sign === '*').length,
      );
    }),
    { numRuns: 2000 },
  );
});

it('is one name with whatever blanks, dots and invisible signs it is typed', () => {
  const dot = fc.constantFrom('·', '•', '・', '･', '‧', '⋅', ' · ', '\u200B·');
  const edge = fc.constantFrom('', ' ', '\u3000', '\uFEFF', '\u200B');
  fc.assert(
    fc.property(aName, dot, edge, (name, typed, blank) => {
      const text = blank + name.replaceAll('·', typed) + blank;
      expect(normalizeName(text)).toBe(normalizeName(name));
      expect(matchingName(text)).toBe(matchingName(name));
      expect(nameFault(text)).toBe(nameFault(name));
    }),
    { numRuns: 2000 },
  );
});

it('tells by a mask neither what stands behind the surname nor how long it is', () => {
  const given = fc.array(aSign, { minLength: 2, maxLength: 10 }).map((all) => all.join(''));
  fc.assert(
    fc.property(fc.constantFrom('王', '𠮷', '欧阳', '\uF91D'), given, given, (surname, one, other) => {
      expect(maskName(surname + one)).toBe(maskName(surname + other));
      expect(maskName(surname + one)).toBe(`${surname}**`);
    }),
  );
});

it('keeps whole characters: no half of a pair is left by a mask', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
      expect(maskName(text)).not.toMatch(/\p{Cs}/u);
      expect([...maskName(text)].at(-1)).toBe('*');
    }),
  );
});

it('finds the city of every code on every day: one that stands on that day, or none', () => {
  const aCode = fc.oneof(fc.stringMatching(/^37[0-9]{4}$/), fc.string({ maxLength: 8 }));
  const aDay = fc.constantFrom('1990-01-01', '2026-11-20', '2099-12-31');
  fc.assert(
    fc.property(aCode, aDay, (code, day) => {
      const city = cityOf(code, day);
      if (city) expect(citiesOn(day)).toContain(city);
      if (/^[0-9]{6}$/.test(code) && city) expect(code.startsWith(province.code.slice(0, 2))).toBe(true);
      const known = cities.some((one) => one.code.slice(0, 4) === code.slice(0, 4));
      expect(city !== undefined).toBe(known && /^[0-9]{6}$/.test(code));
    }),
    { numRuns: 2000 },
  );
});
