import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { remove, root, temporaryFolder } from '../process.js';

const folder = temporaryFolder('install');
afterAll(() => remove(folder));

const { isInstalled, fingerprint } = (await import(pathToFileURL(join(root, 'tools/install.mjs')).href)) as {
  isInstalled: (at: string) => boolean;
  fingerprint: (at: string) => string;
};

function write(file: string, content = '') {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
}

const wanted = {
  '': { version: '0.1.0' },
  'libs/regulation': { version: '0.1.0' },
  'node_modules/pg': { version: '8.23.1', integrity: 'sha512-a' },
  'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-b', optional: true },
  'node_modules/@swc/core-linux': { version: '1.16.18', integrity: 'sha512-c', devOptional: true },
};
const pg = wanted['node_modules/pg'];

describe('the dependencies', () => {
  it.each([
    ['are there as the lockfile says', wanted, true],
    ['lack those for other machines', { 'node_modules/pg': pg }, true],
    ['are more than the lockfile says', { 'node_modules/pg': pg, 'node_modules/left': pg }, true],
    ['lack one', {}, false],
    ['are older than the lockfile', { 'node_modules/pg': { ...pg, version: '8.23.0' } }, false],
    ['are not what the lockfile says', { 'node_modules/pg': { ...pg, integrity: 'sha512-x' } }, false],
    ['are for this machine, but older', { ...wanted, 'node_modules/fsevents': { version: '2.3.2' } }, false],
    ['were never installed', undefined, false],
  ])('%s', (_, packages, good) => {
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
    write('package-lock.json', JSON.stringify({ packages: wanted }));
    if (packages) write('node_modules/.package-lock.json', JSON.stringify({ packages }));

    expect(isInstalled(folder)).toBe(good);
  });
});

describe('a build', () => {
  const source = 'apps/one/src/a.ts';

  it.each([
    ['a source that changed', () => write(source, 'changed'), true],
    ['a source that is older', () => utimesSync(join(folder, source), 1, 1), true],
    ['a source more', () => write('libs/two/src/deep/b.ts'), true],
    ['a source less', () => rmSync(join(folder, source)), true],
    ['another lockfile', () => write('package-lock.json', 'other'), true],
    ['a test', () => write('apps/one/src/a.spec.ts', 'it'), false],
    ['nothing', () => {}, false],
  ])('is made again for %s or not', (_, change, again) => {
    for (const group of ['apps', 'libs']) rmSync(join(folder, group), { recursive: true, force: true });
    for (const file of [source, 'libs/two/src/b.ts', 'package-lock.json']) write(file);
    const before = fingerprint(folder);

    change();

    expect(fingerprint(folder) !== before).toBe(again);
  });
});
