import { actor, Missing } from '@shuzheng/platform';

/** Whoever writes here does so as an account, for its organisation; anybody else finds nothing. */
export function writer(): { readonly accountId: string; readonly organisationId: string } {
  const { accountId, organisationId } = actor();
  if (!accountId || !organisationId) throw new Missing();
  return { accountId, organisationId };
}
