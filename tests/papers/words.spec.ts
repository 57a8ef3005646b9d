import { expect, it } from '@jest/globals';
import { namelessOf, services } from '@shuzheng/contracts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process.js';

const documentOf = (service: string): unknown =>
  JSON.parse(readFileSync(join(root, `libs/contracts/openapi/${service}.json`), 'utf8'));

/** Every list of allowed values of a document, but for media types and the fields to sort by. */
function* listsIn(node: unknown): Generator<string[]> {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, inside] of Object.entries(node)) {
    const words = key === 'enum' && Array.isArray(inside) ? (inside as string[]) : [];
    if (words.length > 0 && !words.some((word) => /^-|\//.test(word))) yield words;
    yield* listsIn(inside);
  }
}

it.each(services)('every allowed value in the OpenAPI document of %s has its name in Chinese', (service) => {
  const lists = [...listsIn(documentOf(service))];

  expect(lists.length).toBeGreaterThan(0);
  expect(lists.flatMap(namelessOf)).toEqual([]);
});
