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
  /** Another that has not ended has the name in the same role, however it is written. */
  readonly nameTaken: boolean;
}

/** The name as it is kept: composed, without blanks at its ends, and with one where there were several. */
export const plainName = (text: string) => text.normalize('NFC').trim().replace(/\s+/g, ' ');

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
  'organisation-name-taken': ({ nameTaken }) => nameTaken,
  'contact-personal': ({ contact }) => contact !== undefined && holdsMobile(contact),
} satisfies Rules<RegisteringFacts>;

/** All that deciding on a change of what is known of an organisation depends on. */
export interface ChangingFacts extends RegisteringFacts {
  readonly ended: boolean;
}

const changeRules = {
  ...rules,
  'organisation-is-ended': ({ ended }) => ended,
} satisfies Rules<ChangingFacts>;

/** The rules a change would break. */
export const reasonsNotToChange = (facts: ChangingFacts) => broken(changeRules, facts);

/** The rules a new organisation would break. */
export const reasonsNotToRegister = (facts: RegisteringFacts) => broken(rules, facts);
