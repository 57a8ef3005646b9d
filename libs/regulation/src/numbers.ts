// Cyrillic Ha and Greek Chi look exactly like the X that ends an id number.
const lookAlikeX = /[\u0425\u0445\u03a7\u03c7]/g;

const separators = /[\s\p{Pd}\p{Cf}\u2212]/gu;

/**
 * The plain form of a number as people type or paste it: full-width and other compatibility forms become ASCII, letters
 * upper-case, and spaces, hyphens, invisible characters and a spreadsheet's leading apostrophe go. Doing it twice
 * changes nothing. Whatever else was in the text stays, for the check to refuse.
 */
export const normalizeNumber = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replace(lookAlikeX, 'X')
    .replace(separators, '')
    .replace(/^['\u2018\u2019`]+/, '')
    .normalize('NFKC');
