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

/** docker-compose.yml as compose reads it when `.env` says this: variables are put into what was parsed, so that one that is empty stays a text. */
export function compose(env: Environment = {}) {
  const said: Environment = { ...needed, ...env };
  const filled = (text: string) =>
    text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest = '') => {
      if (said[name]) return said[name];
      if (kind !== '-') throw new Error(`${name} is not set${kind ? `: ${rest}` : ''}`);
      return rest;
    });
  const parsed: unknown = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true });
  const { 'x-service': _, 'x-environment': __, ...file } = inside(parsed, filled) as Record<string, unknown>;
  return file as { readonly services: Readonly<Record<string, Part>> };
}

function inside(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => inside(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inside(one, change)]));
}
