import { actor, Missing, NotPermitted } from '@shuzheng/platform';

/** Stops whoever may manage no accounts. */
export function mustManageAccounts() {
  const { permissions } = actor();
  if (!permissions.includes('accounts:manage') && !permissions.includes('members:manage'))
    throw new NotPermitted('members:manage');
}

/** Stops whoever may not manage the accounts of this organisation. To a user manager, other organisations do not exist. */
export function mustManage(organisationId: string) {
  mustManageAccounts();
  const { permissions, organisationId: own } = actor();
  if (!permissions.includes('accounts:manage') && organisationId !== own) throw new Missing();
}
