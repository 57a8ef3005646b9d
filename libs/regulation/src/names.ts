// A Han character, with its variation selector if it has one; local fonts put rare ones into the private use area.
const han = String.raw`[\p{Script=Han}\p{Co}][\uFE00-\uFE0F\u{E0100}-\u{E01EF}]?`;
const afterHan = `(?<=${han})`;
const beforeHan = `(?=${han})`;

// Characters that are only ever typed for the middle dot of a name …
const dots = /[\u00B7\u0387\u1427\u2022\u2024\u2027\u2219\u22C5\u2E31\u30FB\u318D\uFF65]/gu;

// … and those that are so only between Han characters.
const dotsAmongHan = new RegExp(String.raw`${afterHan} ?[.\uFF0E\uFE52\u3002\uFF61\p{Pd}]+ ?${beforeHan}`, 'gu');

const spacesAmongHan = new RegExp(`${afterHan} ${beforeHan}`, 'gu');

// Bidi marks, zero-width space, soft hyphen and the like; the joiners stay, some scripts are written with them.
const invisible = /[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

// NFC replaces compatibility ideographs by others, and a certificate prints what the id card says.
const butCompatibilityIdeographs = /[^\uF900-\uFAFF\u{2F800}-\u{2FA1F}]+/gu;

/**
 * A name as it is kept and printed: what the id card says, but for the accidents of typing. Canonically composed, the
 * middle dot is U+00B7 however it was typed, the 17 kinds of spaces are one plain space, and none is left at the ends,
 * around the dot or between Han characters. Rare, variant and compatibility characters stay. Doing it twice changes
 * nothing.
 */
export const normalizeName = (text: string): string =>
  text
    .replace(invisible, '')
    .replace(butCompatibilityIdeographs, (part) => part.normalize('NFC'))
    .replace(/\p{Zs}+/gu, ' ')
    .replace(dots, '·')
    .replace(dotsAmongHan, '·')
    .replace(/ ?·(?:[ ·]*·)? ?/g, '·')
    .replace(spacesAmongHan, '')
    .trim();

/**
 * What the blind index of a name is computed from: the name without dots, hyphens, spaces, apostrophes, variation
 * selectors and invisible characters, in compatibility form and lower case. Never printed, stored or logged.
 */
export const matchingName = (text: string): string =>
  normalizeName(text)
    .normalize('NFKD')
    .replace(/[\s·.\u3002\u30FB\p{Pd}\p{Cf}\p{DI}'\u2018\u2019\u02BC`]/gu, '')
    .toLowerCase()
    .normalize('NFKC');
