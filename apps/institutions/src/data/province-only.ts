import { actor, NotPermitted } from '@shuzheng/platform';

/** The directory and the rules are the department's word: whoever else was given the permission may not write them. */
export function requireProvince(permission: string) {
  const { reach } = actor();
  if (reach !== 'province' && reach !== 'system') throw new NotPermitted(permission);
}
