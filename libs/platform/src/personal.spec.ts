import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeKeys } from './keys.js';
import { type KeyName, Personal } from './personal.js';
import { ServiceUnderTest } from './testing/index.js';
import { sample } from './testing/sample-service.js';

const keys = mkdtempSync(join(tmpdir(), 'shuzheng-keys-'));
makeKeys(keys);
afterAll(() => rmSync(keys, { recursive: true, force: true }));

const all: readonly KeyName[] = ['seal', 'event', 'index'];
const given = (service: string, names = all) => new Personal(service, names, { keys, profile: 'test' });
const [enrollment, assessment] = [given('enrollment'), given('assessment')];
const id = '7d4c9c1e-0f7e-4d6c-9d2b-5f0d9a3f1b11';

it('seals for one column of one row of one service', () => {
  const sealed = enrollment.seal('person', 'name', id, '王小明');

  expect(enrollment.open('person', 'name', id, sealed)).toBe('王小明');
  expect(() => assessment.open('person', 'name', id, sealed)).toThrow();
  expect(() => enrollment.open('person', 'phone', id, sealed)).toThrow();
  expect(() => enrollment.open('person', 'name', id.replace('7', '8'), sealed)).toThrow();
});

it('opens in events what another service sealed there, and never a column', () => {
  const inEvent = enrollment.events?.seal('place', '王小明') ?? '';
  const inColumn = enrollment.seal('person', 'name', id, '王小明');

  expect(assessment.events?.open('place', inEvent)).toBe('王小明');
  expect(() => assessment.events?.open(`person|name|${id}`, inColumn)).toThrow();
});

it('finds a person by number or name in every service that has the key, however they are written', () => {
  const number = enrollment.numberIndex('resident-id', '37010219900307123X');

  expect(assessment.numberIndex('resident-id', ' 370102 1990-0307 123x')).toBe(number);
  expect(assessment.numberIndex('resident-id', '３７０１０２１９９００３０７１２３Ｘ')).toBe(number);
  expect(assessment.numberIndex('resident-id', '370102199003071230')).not.toBe(number);
  expect(assessment.nameIndex('阿卜杜拉．买买提')).toBe(enrollment.nameIndex(' 阿卜杜拉·买买提 '));
  expect(assessment.phoneIndex('+86 138-0013-8000')).toBe(enrollment.phoneIndex('13800138000'));
});

it('gives a number in its old and its new form one index', () => {
  const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));
  fc.assert(
    fc.property(fc.constantFrom('370102', '370203'), digits(3), (place, order) => {
      const old = `${place}900307${order}`;
      const spaced = [...old].join(' ');

      expect(given('enrollment').numberIndex('resident-id', spaced)).toBe(enrollment.numberIndex('resident-id', old));
    }),
    { numRuns: 30 },
  );
});

it('does nothing for which a service was not given the key', () => {
  const blind = given('verification', []);

  expect(blind.events).toBeUndefined();
  expect(() => blind.seal('person', 'name', id, '王小明')).toThrow('not given the key');
  expect(() => blind.nameIndex('王小明')).toThrow('not given the key');
});

it('stops at a key that is too short, and names it', () => {
  const short = mkdtempSync(join(keys, 'short-'));
  writeFileSync(join(short, 'seal.key'), 'short');

  expect(() => new Personal('enrollment', ['seal'], { keys: short, profile: 'test' })).toThrow(
    'SHUZHENG_KEYS: seal.key is missing or shorter than 32 bytes',
  );
});

describe('in a running service', () => {
  const service = new ServiceUnderTest(sample);
  beforeAll(() => service.start());
  afterAll(() => service.stop());
  const writer = service.as({ permissions: ['notes:write'], organisationId: id });

  it('names are sealed wherever they are stored', async () => {
    const { status } = await writer.post('/notes', { words: 'hello', holderName: '王小明' });

    const stored = JSON.stringify([
      await service.query('select * from note'),
      await service.query('select * from event'),
      await service.query('select * from audit'),
      await service.query('select * from idempotency'),
    ]);
    expect(status).toBe(201);
    expect(stored).not.toContain('王小明');
    expect((await service.announced()).at(-1)?.data).toMatchObject({ holderName: expect.stringMatching(/^s1\./) });
  });
});
