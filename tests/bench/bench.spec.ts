import { expect, it } from '@jest/globals';
import { benches } from './benches.js';
import { tiny } from './rounds.js';

// Whether the benches still run, with work for a moment: what they measure here means nothing.
it.each(benches.filter(({ kafka }) => !kafka))('runs $id', async (bench) => {
  const { ratio, lines } = await bench.run(tiny);

  expect(ratio).toBeGreaterThan(0);
  expect(lines.length).toBeGreaterThan(0);
});
