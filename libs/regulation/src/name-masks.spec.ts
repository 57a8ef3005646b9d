import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskName } from './name-masks.js';

it.each([
  ['张', '*'],
  ['', '*'],
  ['张三', '张*'],
  ['张三丰', '张**'],
  ['欧阳修', '欧阳*'],
  ['欧阳', '欧*'],
  ['欧阳锋华', '欧阳**'],
  ['欧阳·买买提', '欧阳**'],
  ['买买提·艾力', '买**'],
  ['𠮷野家', '𠮷**'],
  ['葛\u{E0100}城', '葛\u{E0100}*'],
  ['John Smith', 'J**'],
])('shows %s as %s', (name, mask) => {
  expect(maskName(name)).toBe(mask);
});

it('shows at most two characters of any name and no more than two stars', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...'张司马三·𠮷a '), { maxLength: 60 }), (characters) => {
      expect(maskName(characters.join(''))).toMatch(/^.{0,2}\*{1,2}$/u);
    }),
  );
});
