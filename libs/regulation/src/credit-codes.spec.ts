import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkCreditCode, creditCodeCheckCharacter, registeringAuthorityOf } from './credit-codes.js';

const alphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const aCode = fc
  .array(fc.constantFrom(...alphabet), { minLength: 17, maxLength: 17 })
  .map((first) => first.join(''))
  .map((first) => first + creditCodeCheckCharacter(first));

it.each([
  ['11100000000013338W', '机构编制'],
  ['113700000045030270', '机构编制'],
  ['91350100M000100Y43', '工商'],
])('accepts the public code %s, given by %s', (code, authority) => {
  expect(checkCreditCode(code)).toEqual({ ok: true, code, authority });
});

it('accepts a code typed with full-width letters, spaces and in lower case', () => {
  expect(checkCreditCode(' ９1350100 m000100y43\u200B')).toMatchObject({ ok: true, code: '91350100M000100Y43' });
});

it.each([
  ['', 'credit-code-length'],
  ['91350100M000100Y4', 'credit-code-length'],
  ['91350100M000100Y433', 'credit-code-length'],
  ['91350100M000100O43', 'credit-code-characters'],
  ['913501-0学M000100Y43', 'credit-code-characters'],
  ['91350100M000100Y44', 'credit-code-check'],
])('refuses “%s” with %s', (text, fault) => {
  expect(checkCreditCode(text)).toEqual({ ok: false, fault });
});

it('accepts every code with the check character it makes', () => {
  fc.assert(
    fc.property(aCode, (code) => {
      expect(checkCreditCode(code)).toMatchObject({ ok: true, code });
    }),
  );
});

it('finds every single wrong character', () => {
  fc.assert(
    fc.property(aCode, fc.nat(17), fc.constantFrom(...alphabet), (code, place, wrong) => {
      fc.pre(code[place] !== wrong);
      const typo = code.slice(0, place) + wrong + code.slice(place + 1);
      expect(checkCreditCode(typo)).toEqual({ ok: false, fault: 'credit-code-check' });
    }),
  );
});

it('makes no check character for what cannot begin a code', () => {
  expect(creditCodeCheckCharacter('91350100M000100I4')).toBeUndefined();
  expect(creditCodeCheckCharacter('9135')).toBeUndefined();
});

it('names the authority of a society, and none for an unlisted character', () => {
  expect(registeringAuthorityOf('51370000')).toBe('民政');
  expect(registeringAuthorityOf('B')).toBeUndefined();
  expect(registeringAuthorityOf('')).toBeUndefined();
});
