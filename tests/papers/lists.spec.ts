import { expect, it } from '@jest/globals';
import { services } from '@shuzheng/contracts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process.js';

interface Parameter {
  readonly name: string;
  readonly schema: { readonly enum?: readonly string[]; readonly default?: string };
}
type Operations = Readonly<
  Record<string, { readonly operationId: string; readonly parameters?: readonly Parameter[] }>
>;

const listsOf = (service: string) => {
  const { paths } = JSON.parse(readFileSync(join(root, `libs/contracts/openapi/${service}.json`), 'utf8')) as {
    readonly paths: Readonly<Record<string, Operations>>;
  };
  return Object.values(paths)
    .flatMap((operations) => Object.values(operations))
    .filter(({ parameters = [] }) => parameters.some(({ name }) => name === 'cursor'));
};

it.each(services)('every list of %s names the fields that it can be sorted by, in both directions', (service) => {
  const lists = listsOf(service);
  const nameless = lists.filter(({ parameters = [] }) => {
    const { enum: words = [], default: first = '' } = parameters.find(({ name }) => name === 'sort')?.schema ?? {};
    const ascending = words.filter((word) => !word.startsWith('-'));
    return !words.includes(first) || ascending.flatMap((word) => [word, `-${word}`]).join() !== words.join();
  });

  expect(lists.length).toBeGreaterThan(0);
  expect(nameless.map(({ operationId }) => operationId)).toEqual([]);
});
