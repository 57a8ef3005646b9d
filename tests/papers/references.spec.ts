import { expect, it } from '@jest/globals';
import { services } from '@shuzheng/contracts';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const documentOf = (service: string) =>
  readFileSync(fileURLToPath(new URL(`../../libs/contracts/openapi/${service}.json`, import.meta.url)), 'utf8');

it.each(services)('every reference in the OpenAPI document of %s leads somewhere', (service) => {
  const text = documentOf(service);
  const { schemas } = (JSON.parse(text) as { components: { schemas: Record<string, unknown> } }).components;

  const dangling = [...text.matchAll(/"#\/components\/schemas\/([^"]*)"/g)].filter(
    ([, name = '']) => !(name in schemas),
  );

  expect(dangling.map(([reference]) => reference)).toEqual([]);
});
