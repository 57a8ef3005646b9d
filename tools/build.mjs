// Compiles the project in the current folder: every src/**/*.ts becomes dist/**/*.js. Types are checked apart (`npm run check:types`).
import swc from '@swc/core';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const configFile = fileURLToPath(new URL('../.swcrc', import.meta.url));

// Built beside and swapped in at the end: a syntax error leaves the last good build where it is.
const building = 'dist.new';
await rm(building, { recursive: true, force: true });
const entries = await readdir('src', { recursive: true, withFileTypes: true });
await Promise.all(entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts')).map(compile));
await rm('dist', { recursive: true, force: true });
await rename(building, 'dist');

async function compile({ name, parentPath }) {
  const source = join(parentPath, name);
  const target = join(building, relative('src', source));
  await mkdir(dirname(target), { recursive: true });
  if (!name.endsWith('.ts')) return cp(source, target);
  const { code, map } = await swc.transformFile(source, { configFile, swcrc: false, filename: source });
  const out = target.replace(/\.ts$/, '.js');
  await writeFile(out, `${code}\n//# sourceMappingURL=${name.replace(/\.ts$/, '.js.map')}\n`);
  if (map) await writeFile(`${out}.map`, map);
}
