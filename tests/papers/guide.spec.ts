import { expect, it } from '@jest/globals';
import { services } from '@shuzheng/contracts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process.js';

it('every operation that the guide names is one of the interface', () => {
  const named = readFileSync(join(root, 'docs/guide.zh-CN.md'), 'utf8').match(/(?<=`)[a-z]+\.[a-z-]+(?=`)/g) ?? [];
  const documents = services.map((service) =>
    readFileSync(join(root, `libs/contracts/openapi/${service}.json`), 'utf8'),
  );

  expect(named.length).toBeGreaterThan(80);
  expect(named.filter((name) => !documents.some((text) => text.includes(`"operationId": "${name}"`)))).toEqual([]);
});
