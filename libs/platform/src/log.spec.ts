import { afterAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFileSync } from '@swc/core';
import { faultOf, type LogFields } from './log.js';

const here = dirname(fileURLToPath(import.meta.url));
// Among the packages, so that the copy of the log finds its own, and Git does not find it.
const cache = join(here, '../../../node_modules/.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'log-spec-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy as JavaScript, with whatever of its own neighbors it imports. */
function copyWithImports(name: string, copied = new Set<string>()) {
  if (copied.has(name)) return;
  copied.add(name);
  const options = { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } } as const;
  const { code } = transformFileSync(join(here, `${name}.ts`), options);
  writeFileSync(join(folder, `${name}.js`), code);
  for (const [, neighbor = ''] of code.matchAll(/from '\.\/([\w-]+)\.js'/g)) copyWithImports(neighbor, copied);
}

/** The lines that a process of its own prints, where each call is a message and its fields. */
function printed(calls: readonly (readonly [string, unknown])[], level = 'info') {
  copyWithImports('log');
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(folder, 'run.js'),
    `import { readFileSync } from 'node:fs'; import { log } from './log.js';
     for (const [message, fields] of JSON.parse(readFileSync(0, 'utf8'))) { log.info(message, fields); log.error(message, fields); }`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'run.js')], {
    input: JSON.stringify(calls),
    env: { ...process.env, NODE_OPTIONS: '', SHUZHENG_LOG: level },
    maxBuffer: 1e9,
  });
  expect(stderr.toString()).toBe('');
  return stdout.toString();
}

const names = fc.constantFrom('王小明', '阿卜杜拉·买买提', '𠮷野家', 'Иван', 'Zhang San');
const numbers = fc.oneof(
  fc.stringMatching(/^[1-9]\d{16}[\dX]$/),
  fc.stringMatching(/^1[3-9]\d{9}$/),
  fc.stringMatching(/^[EG]\d{8}$/),
  fc.stringMatching(/^\d{15}$/),
);
const personal = fc.oneof(names, numbers, numbers.map(Number));
const known: readonly (keyof LogFields)[] = [
  'service',
  'operation',
  'method',
  'route',
  'status',
  'ms',
  'accountId',
  'organisationId',
  'correlationId',
  'eventId',
  'type',
  'aggregate',
  'producer',
  'count',
  'port',
  'signal',
  'stack',
];
const others = ['name', 'documentNumber', 'phone', 'holderName', 'body', 'error', 'message', 'err', 'msg', 'toJSON'];

it('prints no name and no number of a person, under whatever field and however deep', () => {
  const value = fc.oneof(
    personal,
    personal.map((inner) => ({ name: inner })),
    personal.map((inner) => [inner, { number: inner }]),
    personal.map((inner) => `/api/v1/${inner}/x`),
  );
  const calls = fc.array(
    fc.tuple(
      fc.oneof(
        fc.constant('a request failed'),
        names.filter((name) => !name.includes('Zhang')),
      ),
      fc.dictionary(fc.constantFrom(...known, ...others), value),
    ),
    { minLength: 300, maxLength: 300 },
  );
  const [sample] = fc.sample(calls, 1);

  const lines = printed(sample ?? []);

  expect(lines.split('\n').length).toBeGreaterThan(600);
  expect(/[^\x20-\x7e\n]|Zhang|\b[EG]?\d{8,}|\d{11}/.exec(lines)?.[0]).toBeUndefined();
});

it('prints what operators need', () => {
  const fields: LogFields = {
    service: 'oversight',
    operation: 'reaction:WhenClassCompleted.start',
    method: 'POST',
    status: 201,
    ms: 12,
    code: '40P01',
    accountId: '7d4c9c1e-0f7e-4d6c-9d2b-123456789012',
    destination: 'enrollment for assessment',
    type: 'oversight.note-taken.v1',
    aggregate: 'class:7d4c9c1e-0f7e-4d6c-9d2b-5f0d9a3f1b11',
    count: 500,
    stack: '    at Database.fresh (/work/main/libs/platform/src/database.ts:88:26)',
  };

  const [line = ''] = printed([['a request failed', fields]]).split('\n');

  expect(JSON.parse(line)).toMatchObject({ ...fields, msg: 'a request failed' });
});

it('prints as much as it is told to, and at a level that nobody knows as much as by default', () => {
  const lines = (level: string) =>
    printed([['hello', {}]], level)
      .split('\n')
      .filter(Boolean).length;

  expect([lines('info'), lines('error'), lines('silent'), lines('loud')]).toEqual([2, 1, 0, 2]);
});

it('tells of an error where it arose and of which kind it is, and nothing of what it says', () => {
  fc.assert(
    fc.property(
      fc.oneof(names, numbers),
      fc.constantFrom('Error', 'code', 'name', 'lines', 'frame', 'cause'),
      (value, how) => {
        const error = new Error(`${value}\n    at ${value}\n    at f (/${value}.js:1:1)`, { cause: new Error(value) });
        if (how === 'code') Object.assign(error, { code: value, detail: value, hint: value });
        if (how === 'name') error.name = value;
        if (how === 'frame' && !value.includes('Zhang'))
          Object.assign(error, { stack: `Error: ${value}\n    at ${value} (/x.js:1:1)` });

        const said = JSON.stringify(faultOf(error));

        expect(said).not.toContain(value);
        if (how === 'Error') expect(said).toContain('log.spec');
      },
    ),
  );
});

it.each([null, undefined, 'text', 5, {}, { code: 5 }, { stack: 7 }, Object.create(null)])(
  'takes %j for an error',
  (thrown) => {
    expect(faultOf(thrown)).toEqual({ code: 'unknown' });
  },
);
