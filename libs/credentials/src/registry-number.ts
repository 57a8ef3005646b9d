/** What our registry number 登记号 says. It is never the certificate number 证书编号, which is the issuer's. */
export interface RegistryNumber {
  /** The first two digits of the administrative division, 37 for Shandong. */
  province: string;
  year: number;
  serial: number;
}

export type ParsedRegistryNumber =
  | ({ ok: true; number: string } & RegistryNumber)
  | { ok: false; fault: 'registry-number-format' | 'registry-number-check' };

/** Digits only, so that it can be typed on any keypad and no letter is taken for a digit: `37-2026-0000123-33`. */
export function formatRegistryNumber({ province, year, serial }: RegistryNumber): string {
  const digits = `${province}${year}${String(serial).padStart(7, '0')}`;
  if (!/^[1-9]\d20\d{9}$/.test(digits) || serial < 1) throw new RangeError('These parts make no registry number.');
  return written(digits + checkDigits(digits));
}

/** Reads a number as somebody typed it: with full-width digits, any dashes or blanks, or none. */
export function parseRegistryNumber(text: string): ParsedRegistryNumber {
  const digits = text.normalize('NFKC').replace(/[\s\p{Pd}\u2212\u200b-\u200d\ufeff]/gu, '');
  const [, province, year, serial] = /^([1-9]\d)(20\d\d)(\d{7})\d\d$/.exec(digits) ?? [];
  if (!province || !year || Number(serial) === 0) return { ok: false, fault: 'registry-number-format' };
  if (BigInt(digits) % 97n !== 1n) return { ok: false, fault: 'registry-number-check' };
  return { ok: true, province, year: Number(year), serial: Number(serial), number: written(digits) };
}

/** ISO 7064 MOD 97-10: finds every single wrong digit and every swap of two neighbors, the check digits' own included. */
const checkDigits = (digits: string) => String(98n - ((BigInt(digits) * 100n) % 97n)).padStart(2, '0');

const written = (digits: string) =>
  [digits.slice(0, 2), digits.slice(2, 6), digits.slice(6, 13), digits.slice(13)].join('-');
