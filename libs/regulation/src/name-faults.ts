import { normalizeName } from './names.js';

const longest = 50;

const faults = {
  'name-empty': (name: string) => name === '',
  'name-control-character': (name: string) => /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name),
  // What conversions leave where a character was lost: question marks, boxes, U+FFFD, half of a surrogate pair.
  'name-lost-character': (name: string) => /[?？\u25A0\u25A1\u2B1C\uFFFC\uFFFD\p{Cs}]/u.test(name),
  'name-too-long': (name: string) => Array.from(name).length > longest,
  'name-only-digits': (name: string) => /^[\p{Nd}\s·]+$/u.test(name),
  'name-dot-at-edge': (name: string) => /^·|·$/.test(name),
};

export type NameFault = keyof typeof faults;

/** What is wrong with a name, if anything; whether a name is likely is not judged. At most 50 code points are taken. */
export function nameFault(text: string): NameFault | undefined {
  const name = normalizeName(text);
  return (Object.keys(faults) as NameFault[]).find((fault) => faults[fault](name));
}
