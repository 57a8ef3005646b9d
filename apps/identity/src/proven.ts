import { type Actor, actor } from '@shuzheng/platform';

/** Somebody whose password or token was right, before it is known what they may do: they reach their own account. */
export const proven = (accountId: string): Actor => {
  const { correlationId } = actor();
  return { reach: 'self', accountId, permissions: [], ...(correlationId ? { correlationId } : {}) };
};
