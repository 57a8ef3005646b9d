import { expect, it } from '@jest/globals';
import { Gathering } from './gathering.js';
import { messages } from './testing/messages.js';

const taken = (fault?: Error) => {
  const sets: [string, number][] = [];
  const gathering = new Gathering((producer, set) => {
    sets.push([producer, set.length]);
    return fault && set.length > 2 ? Promise.reject(fault) : Promise.resolve();
  });
  return { sets, gathering };
};

it('applies together what several partitions bring at the same moment, each producer by itself', async () => {
  const { sets, gathering } = taken();

  await Promise.all([
    gathering.apply('enrollment', messages('a', 1, 2)),
    gathering.apply('assessment', messages('b', 1)),
    gathering.apply('enrollment', messages('c', 1)),
  ]);

  expect(sets.sort()).toEqual([
    ['assessment', 1],
    ['enrollment', 3],
  ]);
});

it('takes no more at a time than one transaction should hold', async () => {
  const { sets, gathering } = taken();
  const many = messages('a', ...Array.from({ length: 1500 }, (_, i) => i + 1));

  await Promise.all([gathering.apply('enrollment', many), gathering.apply('enrollment', many)]);

  expect(sets).toEqual([
    ['enrollment', 1500],
    ['enrollment', 1500],
  ]);
});

it('tells everybody whose events failed together, and goes on with what comes later', async () => {
  const { sets, gathering } = taken(new Error('away'));

  const both = [gathering.apply('enrollment', messages('a', 1, 2)), gathering.apply('enrollment', messages('b', 1))];
  const told = await Promise.allSettled(both);
  await gathering.apply('enrollment', messages('a', 1, 2));

  expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(sets).toEqual([
    ['enrollment', 3],
    ['enrollment', 2],
  ]);
});
