import { broken, type Rules } from '@shuzheng/platform/rules';
import { checkCreditCode, cityOf, province } from '@shuzheng/regulation';

/** All that deciding on a new organisation depends on. */
export interface RegisteringFacts {
  readonly creditCode: string | null;
  readonly cityCode: string;
  readonly creditCodeTaken: boolean;
  readonly today: string;
}

const faultOf = (creditCode: string | null) => {
  const check = creditCode === null ? undefined : checkCreditCode(creditCode);
  return check && !check.ok ? check.fault : undefined;
};

const rules = {
  'credit-code-length': ({ creditCode }) => faultOf(creditCode) === 'credit-code-length',
  'credit-code-characters': ({ creditCode }) => faultOf(creditCode) === 'credit-code-characters',
  'credit-code-check': ({ creditCode }) => faultOf(creditCode) === 'credit-code-check',
  'credit-code-taken': ({ creditCodeTaken }) => creditCodeTaken,
  'city-unknown': ({ cityCode, today }) => cityCode !== province.code && cityOf(cityCode, today) === undefined,
} satisfies Rules<RegisteringFacts>;

/** The rules a new organisation would break. */
export const reasonsNotToRegister = (facts: RegisteringFacts) => broken(rules, facts);
