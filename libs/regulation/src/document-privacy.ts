import type { DocumentKind } from './document-kinds.js';
import { isOldIdNumber, upgradeOldIdNumber } from './id-numbers.js';
import { normalizeNumber } from './numbers.js';

// The 18-character kinds share one number space, so a wrongly chosen kind still finds the same person.
const families: Record<DocumentKind, string> = {
  'resident-id': 'national-18',
  'hmt-residence': 'national-18',
  'foreign-permanent-2023': 'national-18',
  'foreign-permanent-2017': 'foreign-15',
  'hm-travel': 'hm-travel',
  'tw-travel': 'tw-travel',
  passport: 'passport',
};

/**
 * What the blind index of a document number is computed from: `<number family>|<normalized number>`, equal for the 15-
 * and the 18-character number of one person. Never store or log it: it is the number.
 */
export const matchingForm = (kind: DocumentKind, text: string): string => `${families[kind]}|${fullNumber(kind, text)}`;

/** What a screen shows: 370102********1234 of an 18-character number, the first and last two of any other. */
export function maskNumber(kind: DocumentKind, text: string): string {
  const characters = Array.from(fullNumber(kind, text));
  const isEighteen = families[kind] === 'national-18' && characters.length === 18;
  const [head, tail] = isEighteen ? [6, 4] : [2, 2];
  // A number so short that hardly anything would be hidden is hidden whole.
  if (characters.length <= head + tail) return '*'.repeat(characters.length);
  const stars = '*'.repeat(characters.length - head - tail);
  return characters.slice(0, head).join('') + stars + characters.slice(-tail).join('');
}

function fullNumber(kind: DocumentKind, text: string): string {
  const number = normalizeNumber(text);
  return families[kind] === 'national-18' && isOldIdNumber(number) ? upgradeOldIdNumber(number) : number;
}
