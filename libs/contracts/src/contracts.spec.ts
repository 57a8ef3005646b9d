import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { catalog, producerOf } from './catalog.js';
import { Malformed, parse } from './contract.js';
import { services } from './words.js';

const samples = new URL('../samples/', import.meta.url);
const sampleOf = (type: string) =>
  JSON.parse(readFileSync(new URL(`${type}.json`, samples), 'utf8')) as Record<string, unknown>;
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

// A sample is what a service may already have stored or sent. Samples are added, never edited:
// when this test fails the change is a breaking one, and belongs in a new version.
it.each(catalog.map((contract) => ({ type: contract.type, contract })))(
  '$type still reads its sample',
  ({ type, contract }) => {
    const sample = sampleOf(type);

    expect(plain(parse(contract, sample))).toEqual(sample);
    expect(sample).toHaveProperty(contract.aggregate);
  },
);

it('keeps a contract for every sample ever published', () => {
  expect(catalog.map((contract) => `${contract.type}.json`).sort()).toEqual(readdirSync(samples).sort());
});

it('announces each event from a service there is, under a name of its own', () => {
  expect(catalog.map(producerOf).filter((service) => !services.includes(service as never))).toEqual([]);
  expect(new Set(catalog.map(({ type }) => type)).size).toBe(catalog.length);
});

it.each(catalog.map((contract) => ({ type: contract.type, contract })))(
  '$type names every field that is missing, and no value',
  ({ contract }) => {
    const faults = (() => {
      try {
        parse(contract, {});
        return [];
      } catch (error) {
        return error instanceof Malformed ? error.faults.map(({ field }) => field) : [];
      }
    })();

    expect(faults).toContain(contract.aggregate);
  },
);

it('drops what a newer writer may have added', () => {
  for (const contract of catalog) {
    const sample = sampleOf(contract.type);
    expect(plain(parse(contract, { ...sample, addedLater: 'x' }))).toEqual(sample);
  }
});
