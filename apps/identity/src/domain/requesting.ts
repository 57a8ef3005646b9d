import { broken, type Rules } from '@shuzheng/platform/rules';

/** All that deciding on a request for a permission depends on. */
export interface RequestFacts {
  /** The roles that would answer it, among those of this kind of organisation. */
  readonly candidates: readonly string[];
  readonly held: boolean;
  readonly open: boolean;
}

const rules = {
  'role-not-of-organisation': ({ candidates }) => candidates.length === 0,
  'role-held': ({ held }) => held,
  'request-open': ({ open }) => open,
} satisfies Rules<RequestFacts>;

/** The rules a request would break. */
export const reasonsNotToRequest = (facts: RequestFacts) => broken(rules, facts);
