import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { allServices } from '@shuzheng/all-in-one';
import { asyncApi } from '@shuzheng/contracts';
import { documentOf } from '@shuzheng/platform';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Registry } from '../registry.js';
import { schemaText } from './schema-text.js';

// What is committed for others to read must be what the code says. `npm run papers` writes it anew.
const root = fileURLToPath(new URL('../../', import.meta.url));
const registry = new Registry();
beforeAll(() => registry.start());
afterAll(() => registry.stop());

function agrees(path: string, made: string) {
  if (process.env['UPDATE_PAPERS']) writeFileSync(root + path, made);
  // Compared without a diff: a page of JSON would bury the message.
  expect({ path, committed: readFileSync(root + path, 'utf8') === made }).toEqual({ path, committed: true });
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

it.each(allServices.map(({ name }) => name))('the OpenAPI document of %s is the committed one', (name) => {
  const running = registry.running.find(({ service }) => service.name === name);
  if (!running) throw new Error(`${name} does not run`);

  agrees(`libs/contracts/openapi/${name}.json`, json(documentOf(running)));
});

it('the AsyncAPI document is the committed one', () => {
  agrees('libs/contracts/asyncapi.json', json(asyncApi()));
});

it.each(allServices.map(({ name }) => name))('the schema of %s is the committed one', async (name) => {
  agrees(`apps/${name}/schema.txt`, await schemaText(registry.adminUrl, name));
});
