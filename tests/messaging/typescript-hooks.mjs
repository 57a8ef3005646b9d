import { transformFile } from '@swc/core';
import { fileURLToPath } from 'node:url';

const configFile = fileURLToPath(new URL('../../.swcrc', import.meta.url));

/** A source imports `./other.js` where `./other.ts` lies. */
export function resolve(specifier, context, next) {
  const source = /^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL?.endsWith('.ts');
  return next(source ? specifier.replace(/\.js$/, '.ts') : specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transformFile(filename, { configFile, swcrc: false, filename, sourceMaps: 'inline' });
  return { format: 'module', source: code, shortCircuit: true };
}
