import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';

/** Without I, L, O and U: what is printed cannot be misread, and what is misread is put right below. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const misread: Record<string, string> = { O: '0', I: '1', L: '1', U: 'V' };

/** The four characters printed beside a registry number: without the key, one guess in a million is right. */
export function checkCodeFor(key: KeyObject, number: string): string {
  const bits = createHmac('sha256', key).update(`check-code:${number}`).digest().readUInt32BE();
  return [27, 22, 17, 12].map((shift) => alphabet.charAt((bits >>> shift) & 31)).join('');
}

/** Compares in constant time, so that answering tells nothing about how near a guess was. */
export function checkCodeMatches(key: KeyObject, number: string, typed: string): boolean {
  const read = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/[OILU]/g, (letter) => misread[letter] ?? '');
  return /^[0-9A-Z]{4}$/.test(read) && timingSafeEqual(Buffer.from(read), Buffer.from(checkCodeFor(key, number)));
}
