import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServiceUnderTest } from '../testing/index.js';
import { invalid, malformed, rawTo } from '../testing/raw.js';
import { secret } from '../testing/sample-routes.js';
import { sample } from '../testing/sample-service.js';

const service = new ServiceUnderTest(sample);
beforeAll(() => service.start());
afterAll(() => service.stop());
const { send, coded } = rawTo(service);

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

describe('a body', () => {
  it.each([
    ['that is no JSON', `{"words": ${secret}`],
    ['that is empty', ''],
    ['that ends early', '{"words":'],
    ['that would change every object', `{"__proto__":{"words":"${secret}"}}`],
    ['that would change every object from within', `{"words":"a","more":{"__proto__":{"admin":"${secret}"}}}`],
    ['that would change constructors', `{"constructor":{"prototype":{"words":"${secret}"}}}`],
    ['that is nested without end', nested(20_000, '[', ']')],
    ['that is nested without end in objects', `${nested(20_000, '{"a":', '').slice(0, -1)}1${'}'.repeat(20_000)}`],
    ['that holds a number beyond all numbers', '{"words":"a","rank":1e999}'],
    ['with a NUL', `{"words":"a\\u0000${secret}"}`],
    ['with half a character', `{"words":"a\\ud800${secret}"}`],
    ['that is bytes', Buffer.from([0xff, 0xfe, 0x00, 0x01])],
  ])('%s is malformed', async (_, body) => {
    expect(await coded({ body })).toEqual(malformed);
  });

  it.each([
    ['that is a list', `[{"words":"${secret}"}]`],
    ['that is an empty list', '[]'],
    ['that is a text', `"${secret}"`],
    ['that is a number', '5'],
    ['that is null', 'null'],
    ['that is true', 'true'],
    ['with a field nobody knows', `{"words":"a","role":"${secret}"}`],
    ['with a list for a text', `{"words":["${secret}"]}`],
    ['with an object for a text', `{"words":{"$ne":"${secret}"}}`],
    ['with a text for a number', `{"words":"a","rank":"${secret}"}`],
    ['with a name for a field', `{"words":"a","${secret}":1}`],
    ['without what it needs', '{}'],
  ])('%s is invalid', async (_, body) => {
    expect(await coded({ body })).toEqual(invalid);
  });

  it.each([
    ['that is missing', {}, 'words', 'required', '必填'],
    ['of another kind', { words: ['a'] }, 'words', 'isString', '应为文字'],
    ['that says nothing', { words: '' }, 'words', 'isLength', '长度超出范围'],
    ['with a text for a number', { words: 'a', rank: 'b' }, 'rank', 'isInt', '应为整数'],
    ['too large', { words: 'a', rank: 2000 }, 'rank', 'max', '数值过大'],
    ['nobody knows', { words: 'a', mood: 'b' }, 'mood', 'whitelistValidation', '没有这个字段，请删除'],
  ])('with a field %s names its one cause', async (_, body, field, rule, advice) => {
    const { text } = await send({ body: JSON.stringify(body) });

    expect(JSON.parse(text)).toMatchObject({ faults: [{ field, rule, advice }] });
  });

  it('of more than a megabyte is too large, and so is a file of more than twenty', async () => {
    const large = JSON.stringify({ words: 'x'.repeat(1024 * 1024) });
    const allowed = Buffer.alloc(20 * 1024 * 1024, 'x');

    expect(await coded({ body: large })).toEqual([413, 'file-too-large']);
    expect(await coded({ path: '/notes/files', type: XLSX_TYPE, body: Buffer.alloc(allowed.length + 1) })).toEqual([
      413,
      'file-too-large',
    ]);
    expect((await send({ path: '/notes/files', type: XLSX_TYPE, body: allowed })).status).toBe(201);
  });

  it('of another type than the route takes is told so, however large it is', async () => {
    const file = Buffer.alloc(8 * 1024 * 1024, 'x');

    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'image/png'])
      expect(await coded({ type, body: secret })).toEqual([415, 'file-type-unknown']);
    expect(await coded({ type: XLSX_TYPE, body: file })).toEqual([415, 'file-type-unknown']);
    expect(await coded({ path: '/notes/files', body: `{"words":"${secret}"}` })).toEqual([415, 'file-type-unknown']);
  });

  it('with more fields than anybody means is refused at once, and of many unknown ones a hundred are named', async () => {
    const fields = (count: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`field${i}`, 1])));

    expect(await coded({ body: fields(60_000) })).toEqual(malformed);
    const { status, text } = await send({ body: fields(400) });

    expect([status, (JSON.parse(text) as { faults: unknown[] }).faults.length]).toEqual([400, 100]);
  });

  it('never changed what every object has', () => {
    expect(({} as Record<string, unknown>)['words']).toBeUndefined();
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});
