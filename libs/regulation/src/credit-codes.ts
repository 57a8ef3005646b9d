import { normalizeNumber } from './numbers.js';

export type CreditCodeFault = 'credit-code-length' | 'credit-code-characters' | 'credit-code-check';

/** `authority` is the Chinese name of the registering authority, absent when its character is not in our list. */
export type CreditCodeCheck = { ok: true; code: string; authority?: string } | { ok: false; fault: CreditCodeFault };

// GB 32100-2015 leaves out I, O, S, V and Z; a character's value is its place in this row.
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

// Powers of 3 modulo 31.
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** 登记管理部门 by the first character (GB 32100-2015, from a secondary text). Societies such as 学会 start with 5. */
export const registeringAuthorities: Readonly<Record<string, string>> = {
  '1': '机构编制',
  '2': '外交',
  '3': '司法行政',
  '4': '文化',
  '5': '民政',
  '6': '旅游',
  '7': '宗教',
  '8': '工会',
  '9': '工商',
  A: '中央军委改革和编制办公室',
  N: '农业',
  Y: '其他',
};

/** The name of the authority that gave the code, by its first character. */
export const registeringAuthorityOf = (code: string): string | undefined =>
  Object.hasOwn(registeringAuthorities, code.charAt(0)) ? registeringAuthorities[code.charAt(0)] : undefined;

/** The 18th character for the first 17, or undefined when they are not 17 characters of the code's alphabet. */
export function creditCodeCheckCharacter(first17: string): string | undefined {
  const values = Array.from(first17, (character) => alphabet.indexOf(character));
  if (values.length !== weights.length || values.includes(-1)) return undefined;
  const sum = weights.reduce((total, weight, place) => total + weight * (values[place] ?? 0), 0);
  return alphabet[(31 - (sum % 31)) % 31];
}

/** Checks a 统一社会信用代码 in form only; the register decides whether the body exists. The code comes back normalized. */
export function checkCreditCode(text: string): CreditCodeCheck {
  const code = normalizeNumber(text);
  if (Array.from(code).some((character) => !alphabet.includes(character)))
    return { ok: false, fault: 'credit-code-characters' };
  if (code.length !== 18) return { ok: false, fault: 'credit-code-length' };
  if (creditCodeCheckCharacter(code.slice(0, 17)) !== code.slice(17)) return { ok: false, fault: 'credit-code-check' };
  const authority = registeringAuthorityOf(code);
  return authority === undefined ? { ok: true, code } : { ok: true, code, authority };
}
