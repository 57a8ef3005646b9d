import { expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process.js';

// docs/scenarios.md says where each acceptance scenario is proved. A test that was renamed or removed is missed here.
interface Proof {
  readonly id: string;
  readonly file: string;
  readonly test: string;
}

const proofs = readFileSync(join(root, 'docs/scenarios.md'), 'utf8')
  .split('\n')
  .map((line) => /^\| (A\d\d) +\| \[(\S+)\]\(\S+\) +\| (.+?) +\|$/.exec(line))
  .flatMap((found): Proof[] => (found ? [{ id: found[1] ?? '', file: found[2] ?? '', test: found[3] ?? '' }] : []));

const carries = ({ id, file, test }: Proof) => {
  const path = join(root, file);
  // One test may prove several scenarios: its other ids stand between.
  return (
    existsSync(path) &&
    readFileSync(path, 'utf8')
      .split('\n')
      .some((line) => line.includes(test) && new RegExp(`['\`](A\\d\\d )*${id} `).test(line))
  );
};

it('every scenario that is listed has a test that carries its id', () => {
  expect(proofs.length).toBeGreaterThan(50);
  expect(proofs.filter((proof) => !carries(proof))).toEqual([]);
});

it('every scenario in which services act on what others have said is proved through all of them', () => {
  const crossing = proofs.filter(({ file }) => file.startsWith('tests/scenarios/')).map(({ id }) => id);

  expect([...new Set(crossing)].sort()).toEqual([
    ...['A02', 'A03', 'A04', 'A05', 'A06', 'A07', 'A08', 'A20', 'A21', 'A25', 'A26', 'A28', 'A29', 'A30', 'A31'],
    ...['A36', 'A37', 'A38', 'A39', 'A41', 'A42', 'A44'],
  ]);
});
