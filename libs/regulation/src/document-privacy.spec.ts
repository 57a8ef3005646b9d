import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { documentKinds } from './document-kinds.js';
import { maskNumber, matchingForm } from './document-privacy.js';
import { normalizeNumber } from './numbers.js';

it('finds one person by the 15- and the 18-character number, however typed', () => {
  const form = matchingForm('resident-id', '11010519491231002X');

  expect(form).toBe('national-18|11010519491231002X');
  expect(matchingForm('resident-id', '110105491231002')).toBe(form);
  expect(matchingForm('resident-id', '１１０１０５ 491231-002')).toBe(form);
  expect(matchingForm('hmt-residence', '11010519491231002x')).toBe(form);
});

it('keeps equal numbers of different families apart', () => {
  expect(matchingForm('tw-travel', '12345678')).not.toBe(matchingForm('passport', '12345678'));
});

it.each([
  ['resident-id', '370102199001011234', '370102********1234'],
  ['resident-id', '110105491231002', '110105********002X'],
  ['resident-id', '37010219900101123', '37*************23'],
  ['foreign-permanent-2017', 'USA110078010101', 'US***********01'],
  ['hm-travel', 'H12345678', 'H1*****78'],
  ['tw-travel', '12345678', '12****78'],
  ['passport', 'E1234', 'E1*34'],
  ['passport', '1234', '****'],
  ['passport', '', ''],
] as const)('masks the %s %s as %s', (kind, number, mask) => {
  expect(maskNumber(kind, number)).toBe(mask);
});

it('never shows the day of birth or a whole number', () => {
  const aKind = fc.constantFrom(...documentKinds.map(({ code }) => code));
  fc.assert(
    fc.property(aKind, fc.stringMatching(/^[0-9A-Z]{1,20}$/), (kind, text) => {
      const mask = maskNumber(kind, text);
      expect(mask).not.toBe(normalizeNumber(text));
      expect(mask.replaceAll('*', '').length).toBeLessThanOrEqual(10);
    }),
  );
});
