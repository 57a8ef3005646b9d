import { type Actor, Missing } from '@shuzheng/platform';

/** On whose behalf somebody receives filings: the department for the province, the bureau for its city. */
export function recipientOf({ reach, accountId }: Actor): 'department' | 'city-bureau' {
  if (accountId && reach === 'province') return 'department';
  if (accountId && reach === 'city') return 'city-bureau';
  throw new Missing();
}
