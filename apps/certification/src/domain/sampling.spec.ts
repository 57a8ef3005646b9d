import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { drawnRows, sampleSize } from './sampling.js';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

it('draws the same rows for the same seed, in whatever order they come, and others for another seed', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 60 }),
      fc.string(),
      fc.nat(60),
      (ids, seed, size) => {
        const drawn = drawnRows(ids, { seed, size, digest });
        expect(drawnRows([...ids].reverse(), { seed, size, digest })).toEqual(drawn);
        expect(drawn.length).toBe(Math.min(size, ids.length));
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(drawn.every((id) => ids.includes(id))).toBe(true);
      },
    ),
  );
});

it('draws what the written algorithm draws: a known seed, known rows', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'].map((letter) => `0000000${letter}-0000-4000-8000-000000000000`);
  const byHand = [...ids].sort((x, y) => (digest(`spring|${x}`) < digest(`spring|${y}`) ? -1 : 1)).slice(0, 2);
  expect(drawnRows(ids, { seed: 'spring', size: 2, digest })).toEqual(byHand);
});

it('rounds a share up and never draws more than there is', () => {
  expect([sampleSize({ percent: 10 }, 25), sampleSize({ percent: 1 }, 3), sampleSize({ count: 9 }, 4)]).toEqual([
    3, 1, 4,
  ]);
});
