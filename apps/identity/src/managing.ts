import { actor, Missing, NotPermitted } from '@shuzheng/platform';

/** Stops whoever may manage no accounts. */
export function mustManageAccounts() {
  const { permissions } = actor();
  if (!permissions.includes('accounts:manage') && !permissions.includes('members:manage'))
    throw new NotPermitted('members:manage');
}

/** Stops whoever may not even look accounts up: those who manage, secure or audit them may. */
export function mustSeeAccounts() {
  const { permissions } = actor();
  if (!maySeeAccounts(permissions)) throw new NotPermitted('members:manage');
}

const seeing = ['accounts:manage', 'members:manage', 'security:manage', 'audit:read'];
export const maySeeAccounts = (permissions: readonly string[]) => permissions.some((one) => seeing.includes(one));

/** Stops whoever may not manage the accounts of this organisation. To a user manager, other organisations do not exist. */
export function mustManage(organisationId: string) {
  mustManageAccounts();
  const { permissions, organisationId: own } = actor();
  if (!permissions.includes('accounts:manage') && organisationId !== own) throw new Missing();
}

/** The organisation the caller acts for. */
export function ownOrganisation(): string {
  const { organisationId } = actor();
  if (!organisationId) throw new Missing();
  return organisationId;
}
