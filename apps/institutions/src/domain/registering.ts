import { broken, type Rules } from '@shuzheng/platform/rules';
import { checkCreditCode, cityOf, province } from '@shuzheng/regulation';

/** All that deciding on a new organisation depends on. */
export interface RegisteringFacts {
  readonly creditCode: string | null;
  /** The province or one of its cities, when the code is in either. */
  readonly cityCode: string | undefined;
  readonly contact: string | undefined;
  readonly creditCodeTaken: boolean;
  readonly officeTaken: boolean;
}

/** The city a division code belongs to on the day, the province for its own code. */
export const cityCodeOf = (code: string, today: string) => (code === province.code ? code : cityOf(code, today)?.code);

/** The code as it is kept: normalized where it is one. */
export function plainCreditCode(text: string | null) {
  const check = text === null ? undefined : checkCreditCode(text);
  return check?.ok ? check.code : text;
}

const faultOf = (creditCode: string | null) => {
  const check = creditCode === null ? undefined : checkCreditCode(creditCode);
  return check && !check.ok ? check.fault : undefined;
};

/** A mobile number is somebody's own; an office has a landline. */
const holdsMobile = (text: string) => /1[3-9]\d{9}/.test(text.normalize('NFKC').replace(/[\s\p{Pd}\p{Cf}]/gu, ''));

const rules = {
  'credit-code-length': ({ creditCode }) => faultOf(creditCode) === 'credit-code-length',
  'credit-code-characters': ({ creditCode }) => faultOf(creditCode) === 'credit-code-characters',
  'credit-code-check': ({ creditCode }) => faultOf(creditCode) === 'credit-code-check',
  'credit-code-taken': ({ creditCodeTaken }) => creditCodeTaken,
  'city-unknown': ({ cityCode }) => cityCode === undefined,
  'office-taken': ({ officeTaken }) => officeTaken,
  'contact-personal': ({ contact }) => contact !== undefined && holdsMobile(contact),
} satisfies Rules<RegisteringFacts>;

/** The rules a new organisation would break. */
export const reasonsNotToRegister = (facts: RegisteringFacts) => broken(rules, facts);
