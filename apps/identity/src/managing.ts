import { actor, Missing } from '@shuzheng/platform';

/** One's own organisation's accounts, or everybody's. */
export const managing = ['members:manage', 'accounts:manage'] as const;
/** Who looks after an account's safety: of the own organisation's members, or of anybody. */
export const securing = ['members:manage', 'security:manage'] as const;
/** Who may look accounts up: those who manage, secure or audit them. */
export const seeing: readonly string[] = ['members:manage', 'accounts:manage', 'security:manage', 'audit:read'];
export const maySeeAccounts = (permissions: readonly string[]) => permissions.some((one) => seeing.includes(one));

/** To a user manager, other organisations do not exist. */
export function mustManage(organisationId: string) {
  const { permissions, organisationId: own } = actor();
  if (!permissions.includes('accounts:manage') && organisationId !== own) throw new Missing();
}

/** The organisation the caller acts for. */
export function ownOrganisation(): string {
  const { organisationId } = actor();
  if (!organisationId) throw new Missing();
  return organisationId;
}
