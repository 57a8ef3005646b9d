import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { gate } from './worker-gate.js';

it('lets two in at a time, in order, and goes on after one failed', async () => {
  const enter = gate(2);
  const begun: number[] = [];
  let inside = 0;
  let most = 0;
  const task = (number: number) => async () => {
    begun.push(number);
    most = Math.max(most, ++inside);
    await pause(5);
    inside--;
    if (number === 1) throw new Error('failed');
  };

  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map((number) => enter(task(number))));

  expect(begun).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
  expect(outcomes.map(({ status }) => status).join()).toBe('rejected,fulfilled,fulfilled,fulfilled,fulfilled');
});
