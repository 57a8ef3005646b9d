import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hasRightCheckCharacter, idCheckCharacter, upgradeOldIdNumber } from './id-numbers.js';

const digits = (count: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count }).map((values) => values.join(''));
const anIdNumber = digits(17).map((first) => first + idCheckCharacter(first));

it.each(['11010519491231002X', '440524188001010014'])('makes the check character of the specimen %s', (number) => {
  expect(idCheckCharacter(number.slice(0, 17))).toBe(number.slice(17));
});

it('finds every single wrong character', () => {
  fc.assert(
    fc.property(anIdNumber, fc.nat(17), fc.constantFrom(...'0123456789X'), (number, place, wrong) => {
      fc.pre(number[place] !== wrong);
      expect(hasRightCheckCharacter(number.slice(0, place) + wrong + number.slice(place + 1))).toBe(false);
    }),
  );
});

it('finds every exchange of two neighbors', () => {
  fc.assert(
    fc.property(anIdNumber, fc.nat(16), (number, place) => {
      const [left, right] = [number.charAt(place), number.charAt(place + 1)];
      fc.pre(left !== right);
      expect(hasRightCheckCharacter(number.slice(0, place) + right + left + number.slice(place + 2))).toBe(false);
    }),
  );
});

it('makes a whole number of an old one, which only lacks the century and the check character', () => {
  fc.assert(
    fc.property(digits(15), (old) => {
      const whole = upgradeOldIdNumber(old);
      expect(hasRightCheckCharacter(whole)).toBe(true);
      expect(whole.slice(0, 6) + whole.slice(8, 17)).toBe(old);
    }),
  );
});

it('refuses to make a check character of anything but 17 digits', () => {
  expect(() => idCheckCharacter('1101051949123100')).toThrow(RangeError);
});
