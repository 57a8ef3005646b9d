import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskPhone, normalizePhone } from './phones.js';

it.each([
  '13812345678',
  '+86 138-1234-5678',
  '+8613812345678',
  '008613812345678',
  '8613812345678',
  '１３８１２３４５６７８',
  '＋８６　138 1234 5678',
  '\uFEFF138\u00A01234\u200B5678',
  '(+86)13812345678',
])('reads “%s” as the same number', (text) => {
  expect(normalizePhone(text)).toEqual({ ok: true, phone: '13812345678' });
});

it.each([
  ['', 'phone-length'],
  ['1381234567', 'phone-length'],
  ['138123456789', 'phone-length'],
  ['12812345678', 'phone-prefix'],
  ['05311234567', 'phone-prefix'],
  ['+852 5123 4567', 'phone-prefix'],
  ['1381234567x', 'phone-characters'],
  ['١٣٨١٢٣٤٥٦٧٨', 'phone-characters'],
  ['1.38E+10', 'phone-characters'],
])('refuses “%s” with %s', (text, fault) => {
  expect(normalizePhone(text)).toEqual({ ok: false, fault });
});

it('answers every text, and reads its own answer back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const check = normalizePhone(text);
      if (check.ok) expect(normalizePhone(check.phone)).toEqual(check);
    }),
  );
});

it('shows the first three and the last four digits', () => {
  expect(maskPhone('13812345678')).toBe('138****5678');
  expect(maskPhone('1381234')).toBe('****');
});
