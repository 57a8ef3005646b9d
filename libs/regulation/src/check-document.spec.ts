import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkDocument, documentWarnings } from './check-document.js';
import { documentKinds, isDocumentKind, type DocumentKind } from './document-kinds.js';
import { idCheckCharacter } from './id-numbers.js';

const whole = (first17: string) => first17 + idCheckCharacter(first17);

it.each<[DocumentKind, string, object]>([
  ['resident-id', '11010519491231002X', { birthDate: '1949-12-31', sex: 'female' }],
  ['resident-id', ' 110105 19491231 002x ', { birthDate: '1949-12-31', number: '11010519491231002X' }],
  ['resident-id', '440524188001010014', { birthDate: '1880-01-01', sex: 'male' }],
  ['resident-id', whole('37120319840229001'), { birthDate: '1984-02-29', sex: 'male' }],
  ['hmt-residence', whole('81000019900615003'), { birthDate: '1990-06-15', sex: 'male' }],
  ['hmt-residence', whole('83000019900615004'), { sex: 'female' }],
  ['foreign-permanent-2017', 'usa110078010101', { number: 'USA110078010101' }],
  ['hm-travel', 'H12345678', {}],
  ['tw-travel', '12345678', {}],
  ['passport', 'e 12345678', { number: 'E12345678' }],
])('accepts as %s the number %s', (kind, text, expected) => {
  expect(checkDocument(kind, text)).toMatchObject({ ok: true, ...expected });
});

it('reads nothing from the 2023 foreigner’s number but its check digit', () => {
  const number = whole('91108401990061500');

  expect(checkDocument('foreign-permanent-2023', number)).toEqual({ ok: true, number });
});

it.each<[DocumentKind, string, string]>([
  ['resident-id', '', 'document-length'],
  ['resident-id', '1101051949123100', 'document-length'],
  ['resident-id', '11010519491231002X0', 'document-length'],
  ['resident-id', '1101051949123100200', 'document-length'],
  ['resident-id', '110105491231002', 'document-old-form'],
  ['resident-id', '110105X9491231002X', 'document-characters'],
  ['resident-id', '4.40E+17', 'document-characters'],
  ['resident-id', '١١٠١٠٥١٩٤٩١٢٣١٠٠٢٠', 'document-characters'],
  ['resident-id', '110105194912310021', 'document-check-digit'],
  ['resident-id', whole('11010519900230001'), 'document-birth-date'],
  ['resident-id', whole('11010517990101001'), 'document-birth-date'],
  ['resident-id', whole('11010520270101001'), 'document-birth-date'],
  ['resident-id', '000000000000000000', 'document-prefix'],
  ['resident-id', '111111111111111111', 'document-birth-date'],
  ['resident-id', whole('81000019900615003'), 'document-prefix'],
  ['resident-id', whole('91108401990061500'), 'document-prefix'],
  ['hmt-residence', '11010519491231002X', 'document-prefix'],
  ['foreign-permanent-2023', '11010519491231002X', 'document-prefix'],
  ['foreign-permanent-2023', '911084019900615001', 'document-check-digit'],
  ['foreign-permanent-2017', 'US1110078010101', 'document-prefix'],
  ['foreign-permanent-2017', 'USA11007801010A', 'document-characters'],
  ['hm-travel', '', 'document-length'],
  ['hm-travel', '张12345678', 'document-characters'],
  ['tw-travel', '1234567A', 'document-characters'],
  ['passport', '', 'document-length'],
  ['passport', '1'.repeat(31), 'document-length'],
  ['passport', '张123456', 'document-characters'],
])('refuses as %s “%s” with %s', (kind, text, fault) => {
  expect(checkDocument(kind, text, '2026-11-20')).toEqual({ ok: false, fault });
});

it.each<[DocumentKind, string]>([
  ['hm-travel', 'A12345678'],
  ['hm-travel', 'H1234567'],
  ['hm-travel', 'H1234567801'],
  ['passport', 'AB1'],
  ['passport', 'E12345678901234567'],
])('takes as %s the number %s, whose form is only recalled, and warns that it is 待核实', (kind, number) => {
  expect(checkDocument(kind, number)).toEqual({ ok: true, number, unverified: true });
  expect(documentWarnings(kind, number)).toEqual([expect.stringContaining('待核实')]);
});

it('warns of no number whose form is known or as recalled', () => {
  expect(documentWarnings('resident-id', '11010519491231002X')).toEqual([]);
  expect(documentWarnings('hm-travel', 'H12345678')).toEqual([]);
  expect(documentWarnings('tw-travel', '1234567')).toEqual([]);
});

it('takes a birth today and refuses one tomorrow', () => {
  const number = whole('37010220261120001');

  expect(checkDocument('resident-id', number, '2026-11-20').ok).toBe(true);
  expect(checkDocument('resident-id', number, '2026-11-19')).toEqual({ ok: false, fault: 'document-birth-date' });
});

it('answers every text for every kind, and accepts its own normalized number again', () => {
  const aKind = fc.constantFrom(...documentKinds.map(({ code }) => code));
  fc.assert(
    fc.property(aKind, fc.string({ unit: 'binary', maxLength: 20 }), (kind, text) => {
      const check = checkDocument(kind, text);
      if (check.ok) expect(checkDocument(kind, check.number)).toEqual(check);
    }),
  );
});

it('knows its kinds by their codes', () => {
  expect(documentKinds).toHaveLength(7);
  expect(isDocumentKind('passport')).toBe(true);
  expect(isDocumentKind('military-id')).toBe(false);
});
