import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allServices } from '@shuzheng/all-in-one';
import { root } from '../process.js';

// What a service can refuse with and what its tests ask for are compared: a code that no test names is found here.
const specsIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        file.endsWith('.spec.ts') &&
        !file.includes('node_modules') &&
        !file.includes('dist') &&
        !file.includes('rule-codes'),
    )
    .map((file) => readFileSync(join(root, folder, file), 'utf8'));

const ofEverybody = [...specsIn('libs'), ...specsIn('tests')];

it.each(allServices.map((service) => ({ name: service.name, service })))(
  'every rule code of $name is asked for by a test',
  ({ name, service }) => {
    const specs = [...specsIn(`apps/${name}`), ...ofEverybody].join('\n');

    expect(Object.keys(service.reasons).filter((code) => !new RegExp(`[' ]${code}'`).test(specs))).toEqual([]);
  },
);
