import { expect, it } from '@jest/globals';
import { reasons } from './reasons.js';

it('says of every rule in Chinese what is wrong and what to do', () => {
  for (const { title, advice } of Object.values(reasons)) {
    expect(title).toMatch(/\p{Script=Han}/u);
    expect(advice).toMatch(/\p{Script=Han}/u);
  }
});
