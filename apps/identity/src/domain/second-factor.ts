import { administrators, approvers } from './granting.js';

/** Who must prove themselves twice where the office demands it: administrators, and whoever decides. */
export const needsSecondFactor = (roles: readonly string[]) =>
  roles.some((role) => administrators.includes(role) || approvers.includes(role) || role === 'user-manager');
