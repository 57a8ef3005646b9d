import { expect, it } from '@jest/globals';
import { directoryRowRules } from './checking-directory-rows.js';
import { reasons } from './reasons.js';

it('has words for everything that reading a list can refuse', () => {
  expect(Object.keys(reasons)).toEqual(expect.arrayContaining([...directoryRowRules]));
});

it('says of every rule in Chinese what is wrong and what to do', () => {
  for (const { title, advice } of Object.values(reasons)) {
    expect(title).toMatch(/\p{Script=Han}/u);
    expect(advice).toMatch(/\p{Script=Han}/u);
  }
});
