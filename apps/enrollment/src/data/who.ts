import { actor, Missing } from '@shuzheng/platform';

/** Whoever writes here does so as an account, for its organisation; anybody else finds nothing. */
export function writer(): { readonly accountId: string; readonly organisationId: string } {
  const { accountId, organisationId } = actor();
  if (!accountId || !organisationId) throw new Missing();
  return { accountId, organisationId };
}

/** Whoever decides here does so as an account; for which office follows from the reach. */
export function decider(): string {
  const { accountId } = actor();
  if (!accountId) throw new Missing();
  return accountId;
}
