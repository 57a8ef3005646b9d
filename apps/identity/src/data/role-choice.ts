import { roleTitles } from '@shuzheng/contracts';

/** What may be chosen, for the reader of the interface. */
export const roleChoice = Object.entries(roleTitles)
  .filter(([role]) => role !== 'learner')
  .map(([role, title]) => `${role} ${title}`)
  .join('、');
