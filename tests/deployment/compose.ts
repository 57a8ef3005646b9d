import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../process.js';

export type Environment = Readonly<Record<string, string>>;

export interface Part {
  readonly command: readonly string[];
  readonly environment: Environment;
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[] };
}

/** What must be in `.env`: without them compose does not start. */
export const needed = {
  PUBLIC_URL: 'https://shuzheng.example',
  POSTGRES_PASSWORD: 'v7Lk2Xc5Bm8Hs',
  DATABASE_SECRET: 'q9Zr4Tn0Wv7Lk2Xc5Bm8Hs1Dg6Fj3PyQ4',
};

/** docker-compose.yml as compose reads it when `.env` says this. */
export function compose(env: Environment = {}) {
  const said: Environment = { ...needed, ...env };
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8').replace(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_, name: string, kind?: string, rest = '') => {
      if (said[name]) return said[name];
      if (kind !== '-') throw new Error(`${name} is not set${kind ? `: ${rest}` : ''}`);
      return rest;
    },
  );
  const { 'x-service': _, 'x-environment': __, ...file } = parse(text, { merge: true }) as Record<string, unknown>;
  return file as { readonly services: Readonly<Record<string, Part>> };
}
