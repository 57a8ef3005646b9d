import { broken, type Rules } from '@shuzheng/platform/rules';
import { isWeak } from './passwords.js';

/** All that deciding on a learner's registration depends on. */
export interface RegisteringFacts {
  /** An unused code was made for this very name and number. */
  readonly activated: boolean;
  readonly registered: boolean;
  readonly loginName: string;
  readonly loginNameTaken: boolean;
  readonly password: string;
}

const rules = {
  'learner-registered': ({ registered }) => registered,
  'login-name-taken': ({ loginNameTaken }) => loginNameTaken,
  'password-weak': ({ loginName, password }) => isWeak(password, loginName),
} satisfies Rules<RegisteringFacts>;

/** The rules a registration would break. Who has not shown the right code learns nothing else. */
export const reasonsNotToRegister = (facts: RegisteringFacts): string[] =>
  facts.activated ? broken(rules, facts) : ['activation-unknown'];

/** Do these refusals say that the caller did know the code? */
export const provesActivation = (reasons: readonly string[]) => reasons.every((reason) => reason in rules);

/** A code as it was handed out: capitals, without the blanks and hyphens people put in to read it. */
export const activationCodeOf = (text: string) => text.replace(/[\s-]/gu, '').toUpperCase();
