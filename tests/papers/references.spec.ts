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

interface Paths {
  readonly paths: Record<
    string,
    Record<string, { readonly responses?: Record<string, { readonly content?: object }> }>
  >;
}

it.each(services)('the OpenAPI document of %s says of each file that is answered what it is', (service) => {
  const { paths } = JSON.parse(documentOf(service)) as Paths;
  const unnamed = Object.entries(paths).flatMap(([path, operations]) =>
    Object.values(operations).flatMap(({ responses = {} }) =>
      Object.entries(responses['200']?.content ?? {})
        .filter(([, { schema }]: [string, { schema?: { format?: string } }]) => schema?.format === 'binary')
        .filter(([type]) => type === 'application/json' || type === 'application/octet-stream')
        .map(([type]) => `${path} ${type}`),
    ),
  );

  expect(unnamed).toEqual([]);
});
