import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { BlindIndex, columnPlace, derive, eventPlace, isSealed, Seal } from './sealing.js';

/** As UTF-8 writes it: half a character is replaced. */
const wellFormed = (text: string) => Buffer.from(text).toString();
const seal = new Seal(randomBytes(32));
const place = columnPlace('person', 'name', '3e6f');
const anyText = fc.string({ unit: 'binary', maxLength: 60 }).map(wellFormed);

it('opens what it sealed, at its own place', () => {
  fc.assert(
    fc.property(anyText, fc.string(), (plain, where) => {
      const sealed = seal.seal(where, plain);

      expect(isSealed(sealed)).toBe(true);
      expect(seal.open(where, sealed)).toBe(plain);
    }),
  );
});

it('opens at no other place', () => {
  fc.assert(
    fc.property(anyText, fc.string(), fc.string(), (plain, here, there) => {
      fc.pre(here !== there);
      const sealed = seal.seal(here, plain);

      expect(() => seal.open(there, sealed)).toThrow();
    }),
  );
});

it('opens in no other row, column, table, event, field or type', () => {
  const sealed = seal.seal(place, '王小明');
  const asEvent = seal.seal(eventPlace('person', 'name', '3e6f'), '王小明');

  for (const other of [
    columnPlace('person', 'name', '3e70'),
    columnPlace('person', 'phone', '3e6f'),
    columnPlace('learner', 'name', '3e6f'),
  ])
    expect(() => seal.open(other, sealed)).toThrow();
  for (const other of [eventPlace('person', 'name', '3e70'), eventPlace('person', 'phone', '3e6f')])
    expect(() => seal.open(other, asEvent)).toThrow();
});

it('opens with no other key', () => {
  const sealed = seal.seal(place, '王小明');

  expect(() => new Seal(randomBytes(32)).open(place, sealed)).toThrow();
});

it('does not open when any sign of it was changed, left out or added', () => {
  const sign = fc.constantFrom(...'ABCabc019-_. s=');
  fc.assert(
    fc.property(anyText, fc.nat(), sign, fc.constantFrom(0, 1), (plain, at, added, removed) => {
      const sealed = seal.seal(place, plain);
      const i = at % (sealed.length + 1);
      const changed = sealed.slice(0, i) + added + sealed.slice(i + removed);
      fc.pre(changed !== sealed);

      expect(() => seal.open(place, changed)).toThrow();
    }),
    { numRuns: 500 },
  );
});

it('does not open when any bit of its bytes was changed', () => {
  const sealed = seal.seal(place, '370102199003071234');
  const bytes = Buffer.from(sealed.slice(3), 'base64url');

  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(() => seal.open(place, `s1.${changed.toString('base64url')}`)).toThrow();
  }
});

it('never seals a text twice in the same way', () => {
  const all = new Set(Array.from({ length: 1000 }, () => seal.seal(place, '王小明')));

  expect(all.size).toBe(1000);
});

it.each(['', 's1.', 's1.AAAA', `s1.${'A'.repeat(37)}`, `s2.${'A'.repeat(60)}`, '王小明', '370102199003071234'])(
  'says that %j is no sealed text of its own',
  (text) => {
    expect(() => seal.open(place, text)).toThrow();
  },
);

describe('a derived key', () => {
  const master = randomBytes(32);

  it('is the same for one purpose and another for any other', () => {
    const sealed = new Seal(derive(master, 'oversight columns')).seal(place, '王小明');

    expect(new Seal(derive(master, 'oversight columns')).open(place, sealed)).toBe('王小明');
    expect(() => new Seal(derive(master, 'identity columns')).open(place, sealed)).toThrow();
    expect(() => new Seal(master).open(place, sealed)).toThrow();
  });
});

describe('a blind index', () => {
  const index = new BlindIndex(randomBytes(32));

  it('is equal for equal texts and for nothing else', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        expect(index.of('number', one) === index.of('number', other)).toBe(one === other);
        expect(index.of('number', one)).not.toBe(index.of('name', one));
        expect(index.of('number', one)).toMatch(/^[\w-]{43}$/);
      }),
    );
  });

  it('says nothing to whoever has another key', () => {
    expect(new BlindIndex(randomBytes(32)).of('name', '王小明')).not.toBe(index.of('name', '王小明'));
  });
});
