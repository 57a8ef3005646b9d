import { createSecretKey } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { checkCodeFor, checkCodeMatches } from './check-code.js';

const key = createSecretKey(Buffer.alloc(32, 7));
const number = '37-2026-0000123-33';
const numbers = Array.from({ length: 3000 }, (_, index) => `37-2026-${String(index).padStart(7, '0')}-00`);

it('gives one code to a number under one key', () => {
  const code = checkCodeFor(key, number);

  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(checkCodeFor(key, number)).toBe(code);
  expect(checkCodeFor(createSecretKey(Buffer.alloc(32, 8)), number)).not.toBe(code);
});

it('uses the whole alphabet about evenly', () => {
  const counts = new Map<string, number>();
  for (const letter of numbers.flatMap((each) => [...checkCodeFor(key, each)])) {
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }

  expect(counts.size).toBe(32);
  expect(Math.min(...counts.values())).toBeGreaterThan((12_000 / 32) * 0.75);
});

it('forgives small letters, full width, blanks and misread letters', () => {
  const withDigits = numbers.find((each) => /^(?=.*0)(?=.*1)/.test(checkCodeFor(key, each))) ?? '';
  const code = checkCodeFor(key, withDigits);

  expect(checkCodeMatches(key, withDigits, ` ${code.toLowerCase()} `)).toBe(true);
  expect(checkCodeMatches(key, withDigits, code.replaceAll('0', 'o').replaceAll('1', 'Ｉ'))).toBe(true);
});

it('refuses every other code, and text that is none', () => {
  const wrong = numbers.map((each) => checkCodeFor(key, each)).filter((code) => code !== checkCodeFor(key, number));

  expect(wrong.some((code) => checkCodeMatches(key, number, code))).toBe(false);
  expect(['', 'AB', 'ABCDE', '王䶮阿依'].some((text) => checkCodeMatches(key, number, text))).toBe(false);
});
