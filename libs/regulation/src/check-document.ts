import { isDay } from './days.js';
import type { DocumentKind } from './document-kinds.js';
import { hasRightCheckCharacter, isOldIdNumber } from './id-numbers.js';
import { normalizeNumber } from './numbers.js';

export type DocumentFault =
  | 'document-characters'
  | 'document-length'
  | 'document-old-form'
  | 'document-prefix'
  | 'document-birth-date'
  | 'document-check-digit';

export type Sex = 'male' | 'female';

/**
 * The number comes back normalized; birth date (YYYY-MM-DD) and sex only where the number is known to carry them.
 * `unverified`: the number does not have the form that is recalled of its kind, which nobody has confirmed.
 */
export type DocumentCheck =
  { ok: true; number: string; birthDate?: string; sex?: Sex; unverified?: true } | { ok: false; fault: DocumentFault };

interface Form {
  alphabet: RegExp;
  length: [least: number, most: number];
  prefix: RegExp;
  shape: RegExp;
  /** What is recalled of the form, and unverified: a number without it is taken, and shown with a warning. */
  recalled?: RegExp;
}

const eighteen = { alphabet: /^[0-9X]*$/, length: [18, 18], shape: /^[0-9]{17}[0-9X]$/ } satisfies Partial<Form>;

// Where no form is known, only what no document carries is refused: nothing at all, other characters, endless numbers.
const open = { alphabet: /^[0-9A-Z]*$/, length: [1, 30], prefix: /^/, shape: /^/ } satisfies Form;

const forms: Record<DocumentKind, Form> = {
  // The address code is the place of first registration, for life, so it is never held against today's divisions;
  // only the ranges of the other two 18-character kinds are kept apart.
  'resident-id': { ...eighteen, prefix: /^(?!8[123]0000)[1-8]/ },
  'hmt-residence': { ...eighteen, prefix: /^8[123]0000/ },
  'foreign-permanent-2023': { ...eighteen, prefix: /^9/ },
  'foreign-permanent-2017': { alphabet: /^[0-9A-Z]*$/, length: [15, 15], prefix: /^[A-Z]{3}/, shape: /^...[0-9]*$/ },
  'hm-travel': { ...open, recalled: /^[HM][0-9]{8}$/ },
  'tw-travel': { alphabet: /^[0-9]*$/, length: [8, 8], prefix: /^/, shape: /^/ },
  passport: { ...open, recalled: /^[0-9A-Z]{5,17}$/ },
};

// Nobody living is that old, but the specimen that goes with GB 11643-1999 was born in 1880.
const earliestBirth = '1800-01-01';

/**
 * Checks a document number in form only, and says what is wrong first: characters, length, prefix, birth date, check
 * digit. A form that is only recalled refuses nothing. Give `today` (YYYY-MM-DD) to refuse births in the future. A 15-digit id is `document-old-form`: it has not
 * been valid since 2013 and serves for matching only.
 */
export function checkDocument(kind: DocumentKind, text: string, today?: string): DocumentCheck {
  const number = normalizeNumber(text);
  const fault = formFault(kind, number) ?? contentFault(kind, number, today);
  if (fault) return { ok: false, fault };
  if (carriesBirth(kind)) return { ok: true, number, birthDate: birthDay(number), sex: sexOf(number) };
  const { recalled } = forms[kind];
  return recalled && !recalled.test(number) ? { ok: true, number, unverified: true } : { ok: true, number };
}

/** What is shown beside a number that was taken although nobody knows for sure how such a number looks. */
export const documentWarnings = (kind: DocumentKind, number: string): string[] =>
  isFormUnverified(kind, number) ? ['该证件的号码形式待核实，此号码与通常所见不同，请对照证件核对'] : [];

/** Was this number taken although it does not look as is recalled of its kind? */
export function isFormUnverified(kind: DocumentKind, number: string): boolean {
  const check = checkDocument(kind, number);
  return check.ok && check.unverified === true;
}

function formFault(kind: DocumentKind, number: string): DocumentFault | undefined {
  const { alphabet, length, prefix, shape } = forms[kind];
  if (!alphabet.test(number)) return 'document-characters';
  if (kind === 'resident-id' && isOldIdNumber(number)) return 'document-old-form';
  if (number.length < length[0] || number.length > length[1]) return 'document-length';
  if (!prefix.test(number)) return 'document-prefix';
  return shape.test(number) ? undefined : 'document-characters';
}

function contentFault(kind: DocumentKind, number: string, today = '9999-12-31'): DocumentFault | undefined {
  if (carriesBirth(kind)) {
    const birth = birthDay(number);
    if (!isDay(birth) || birth < earliestBirth || birth > today) return 'document-birth-date';
  }
  return hasCheckDigit(kind) && !hasRightCheckCharacter(number) ? 'document-check-digit' : undefined;
}

// Where the 2023 foreigner's card keeps the birth date is only recalled, so nothing is read from it or refused for it.
const carriesBirth = (kind: DocumentKind) => kind === 'resident-id' || kind === 'hmt-residence';

const hasCheckDigit = (kind: DocumentKind) => carriesBirth(kind) || kind === 'foreign-permanent-2023';

const birthDay = (number: string) => `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;

const sexOf = (number: string): Sex => (Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female');
