import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { readFileSync } from 'node:fs';
import { catalog } from './catalog.js';
import { type Contract, Malformed, parse, parseSlowly } from './contract.js';
import { exactly, quickly } from './quick.js';

const sampleOf = (type: string) =>
  JSON.parse(readFileSync(new URL(`../samples/${type}.json`, import.meta.url), 'utf8')) as Record<string, unknown>;

/** The event as it is kept, or the faults in their order. */
function outcome(read: (contract: Contract, data: object) => object, contract: Contract, data: object) {
  try {
    const event = read(contract, data);
    return { made: event.constructor.name, text: JSON.stringify(event), event };
  } catch (error) {
    if (error instanceof Malformed) return { faults: error.faults, message: error.message };
    return 'stumbled';
  }
}

const odd = fc.oneof(
  fc.constantFrom(undefined, null, '', ' ', 0, -1, 1.55, NaN, true, [], {}, [null], [{}], [undefined], ['x'], [['x']]),
  fc.constantFrom('2026-02-31', '2026-03-01', '2026-03-01T09:30:00+08:00', 'x'.repeat(5000), new Date(0), new Map()),
  fc.constantFrom({ constructor: 1 }, { toString: 'x' }, { deep: { then: 1 } }, [{ constructor: 1 }], Buffer.from('x')),
  fc.anything({ withDate: true, withSet: true, withNullPrototype: true, maxDepth: 2 }),
);

/** Every place in a value, as a path of names. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...path, name]))];
}

/** The value with something else at a place, or with nothing there. */
function changed(value: unknown, [name, ...rest]: readonly string[], other: unknown, without: boolean): unknown {
  if (name === undefined) return other;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  if (rest.length === 0 && without) delete copy[name];
  else copy[name] = changed(copy[name], rest, other, without);
  return copy;
}

describe.each(catalog.map((contract) => ({ type: contract.type, contract })))('$type', ({ type, contract }) => {
  const sample = sampleOf(type);

  it('takes the quick way for what is right', () => {
    expect(quickly(contract, sample)).toEqual(parseSlowly(contract, sample));
    expect(exactly(contract, sample)).toEqual(parseSlowly(contract, sample));
  });

  it('leaves a field that is not known to class-validator where it must be told', () => {
    expect(exactly(contract, { ...sample, addedLater: 1 })).toBeUndefined();
  });

  it('is read the quick way as class-validator reads it, whatever is wrong or odd about it', () => {
    const places = placesIn(sample).slice(1);
    const change = fc.tuple(fc.constantFrom(...places, ['addedLater']), odd, fc.boolean());
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const data = changes.reduce<unknown>(
          (value, [place, other, without]) => changedWhereItIs(value, place, other, without),
          sample,
        ) as object;
        const slowly = outcome(parseSlowly, contract, data);
        // class-transformer stumbles over fields named `constructor`, also where they would be dropped.
        if (slowly === 'stumbled') return;
        expect(outcome(parse, contract, data)).toEqual(slowly);
        const exact = exactly(contract, data);
        if (exact) expect([exact, unknownIn(contract, data)]).toEqual([parseSlowly(contract, data), []]);
      }),
      { numRuns: 25 },
    );
  });
});

const unknownIn = (contract: Contract, data: object) =>
  validateSync(plainToInstance(contract, data), { whitelist: true, forbidNonWhitelisted: true });

/** A place that an earlier change has taken away stays as it is. */
function changedWhereItIs(value: unknown, place: readonly string[], other: unknown, without: boolean) {
  try {
    return changed(value, place, other, without);
  } catch {
    return value;
  }
}
