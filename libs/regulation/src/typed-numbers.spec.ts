import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkDocument } from './check-document.js';
import { checkCreditCode, creditCodeCheckCharacter } from './credit-codes.js';
import type { DocumentKind } from './document-kinds.js';
import { maskNumber, matchingForm } from './document-privacy.js';
import { idCheckCharacter } from './id-numbers.js';
import { maskPhone, normalizePhone } from './phones.js';

const TODAY = '2026-11-20';
const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{${count}}$`));
const aBirthDay = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2026-11-19'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10).replaceAll('-', ''));
const whole = (first17: string) => first17 + idCheckCharacter(first17);
const eighteen = (prefix: fc.Arbitrary<string>) =>
  fc.tuple(prefix, aBirthDay, digits(3)).map((parts) => whole(parts.join('')));

/** Right numbers of each kind. */
const numbers: Readonly<Record<DocumentKind, fc.Arbitrary<string>>> = {
  'resident-id': eighteen(fc.stringMatching(/^[1-7][0-9]{5}$/)),
  'hmt-residence': eighteen(fc.constantFrom('810000', '820000', '830000')),
  'foreign-permanent-2023': digits(16).map((rest) => whole(`9${rest}`)),
  'foreign-permanent-2017': fc.stringMatching(/^[A-Z]{3}[0-9]{12}$/),
  'hm-travel': fc.stringMatching(/^[HM][0-9]{8}$/),
  'tw-travel': digits(8),
  passport: fc.stringMatching(/^[A-Z0-9]{5,17}$/),
};
const kinds = Object.keys(numbers) as DocumentKind[];
const aDocument = fc.constantFrom(...kinds).chain((kind) => numbers[kind].map((number) => [kind, number] as const));

const between = fc.constantFrom('', '', '', ' ', '\u3000', '\u00A0', '\u200B', '\uFEFF', '-', '\u2013');
const fullWidth = (sign: string) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0);
const written = (sign: string) =>
  fc.constantFrom(sign, sign.toLowerCase(), fullWidth(sign), fullWidth(sign.toLowerCase()));

/** One number in all the ways that people type and paste it. */
const asTyped = (number: string) =>
  fc
    .tuple(between, ...[...number].map((sign) => fc.tuple(written(sign), between).map((parts) => parts.join(''))))
    .map((parts) => parts.join(''));

const typedDocument = aDocument.chain(([kind, number]) => asTyped(number).map((typed) => ({ kind, number, typed })));

describe('the number of a document of any kind', () => {
  it('is accepted however it is typed, and is one number, one index and one mask', () => {
    fc.assert(
      fc.property(typedDocument, ({ kind, number, typed }) => {
        expect(checkDocument(kind, typed, TODAY)).toEqual(checkDocument(kind, number, TODAY));
        expect(checkDocument(kind, typed, TODAY)).toMatchObject({ ok: true, number });
        expect(matchingForm(kind, typed)).toBe(matchingForm(kind, number));
        expect(maskNumber(kind, typed)).toBe(maskNumber(kind, number));
      }),
      { numRuns: 1000 },
    );
  });

  it('has one index in every form of Unicode', () => {
    fc.assert(
      fc.property(typedDocument, fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), ({ kind, typed }, form) => {
        expect(matchingForm(kind, typed.normalize(form))).toBe(matchingForm(kind, typed));
      }),
    );
  });

  it('shows of itself only the places that its mask leaves open: what is hidden cannot be told from the mask', () => {
    fc.assert(
      fc.property(aDocument, fc.stringMatching(/^[0-9]{18}$/), ([kind, number], other) => {
        const mask = maskNumber(kind, number);
        const hidden = [...mask].map((sign, place) => (sign === '*' ? other.charAt(place) : number.charAt(place)));

        expect(mask).toHaveLength(number.length);
        expect([...mask].every((sign, place) => sign === '*' || sign === number.charAt(place))).toBe(true);
        expect([...mask].filter((sign) => sign === '*').length).toBeGreaterThanOrEqual(Math.min(8, number.length - 4));
        expect(maskNumber(kind, hidden.join(''))).toBe(mask);
      }),
      { numRuns: 1000 },
    );
  });

  it('never finds another number', () => {
    fc.assert(
      fc.property(aDocument, aDocument, ([kind, number], [otherKind, other]) => {
        fc.pre(number !== other);
        expect(matchingForm(kind, number)).not.toBe(matchingForm(otherKind, other));
      }),
    );
  });
});

describe('a resident’s number', () => {
  const aBirthOfOld = numbers['resident-id'].filter((number) => number.slice(6, 8) === '19');

  it('of 15 digits is not accepted any more and finds the one of 18', () => {
    fc.assert(
      fc.property(aBirthOfOld, (number) => {
        const old = number.slice(0, 6) + number.slice(8, 17);
        expect(checkDocument('resident-id', old, TODAY)).toEqual({ ok: false, fault: 'document-old-form' });
        expect(matchingForm('resident-id', old)).toBe(matchingForm('resident-id', number));
        expect(maskNumber('resident-id', old)).toBe(maskNumber('resident-id', number));
      }),
    );
  });

  it('with one wrong digit, or two digits exchanged, is refused', () => {
    fc.assert(
      fc.property(numbers['resident-id'], fc.nat(16), fc.nat(9), (number, place, wrong) => {
        const typo = number.slice(0, place) + String(wrong) + number.slice(place + 1);
        const [left, right] = [number.charAt(place), number.charAt(place + 1)];
        const swapped = number.slice(0, place) + right + left + number.slice(place + 2);
        for (const one of [typo, swapped]) {
          if (one !== number) expect(checkDocument('resident-id', one, TODAY).ok).toBe(false);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a credit code', () => {
  const aCode = fc
    .stringMatching(/^[0-9ANY][0-9ABCDEFGHJKLMNPQRTUWXY][0-9]{6}[0-9ABCDEFGHJKLMNPQRTUWXY]{9}$/)
    .map((first17) => first17 + String(creditCodeCheckCharacter(first17)));

  it('is one code however it is typed', () => {
    const typed = aCode.chain((code) => asTyped(code).map((text) => [code, text] as const));
    fc.assert(fc.property(typed, ([code, text]) => expect(checkCreditCode(text)).toEqual(checkCreditCode(code))));
  });

  it('with two neighbors exchanged is refused', () => {
    fc.assert(
      fc.property(aCode, fc.nat(16), (code, place) => {
        const [left, right] = [code.charAt(place), code.charAt(place + 1)];
        fc.pre(left !== right);
        expect(checkCreditCode(code.slice(0, place) + right + left + code.slice(place + 2)).ok).toBe(false);
      }),
    );
  });
});

describe('a phone', () => {
  const aPhone = fc.stringMatching(/^1[3-9][0-9]{9}$/);

  it('is one number however it is typed, and shows seven of its digits', () => {
    const typed = aPhone.chain((phone) =>
      fc.tuple(fc.constant(phone), fc.constantFrom('', '+86', '0086'), asTyped(phone)),
    );
    fc.assert(
      fc.property(typed, digits(4), ([phone, country, text], other) => {
        expect(normalizePhone(country + text)).toEqual({ ok: true, phone });
        expect(maskPhone(phone)).toBe(maskPhone(phone.slice(0, 3) + other + phone.slice(7)));
      }),
    );
  });
});
