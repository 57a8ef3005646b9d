import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { ServiceUnderTest } from '../testing/index.js';
import { sample } from '../testing/sample-service.js';
import { secret } from '../testing/sample-routes.js';

const service = new ServiceUnderTest(sample);
beforeAll(() => service.start());
afterAll(() => service.stop());

const base = `/api/v1/${sample.name}`;
const organisationId = randomUUID();
const JSON_TYPE = 'application/json';
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface Raw {
  readonly path?: string;
  readonly method?: string;
  readonly body?: string | Buffer;
  readonly type?: string;
  readonly headers?: Record<string, string>;
}

/** A request as no client library would make it. */
async function send({ path = '/notes', method = 'POST', body, type = JSON_TYPE, headers = {} }: Raw) {
  const token = await service.token({ permissions: ['notes:write'], organisationId });
  const { hostname, port } = new URL(service.url);
  const given = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID(), 'content-type': type, ...headers };
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise<{ status: number; text: string; type: string }>((resolve, reject) => {
    const asked = request(
      { hostname, port, method, path: path.startsWith('/api') ? path : base + path, headers: { ...given, ...length } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            text: Buffer.concat(chunks).toString(),
            type: String(answer.headers['content-type']),
          }),
        );
      },
    );
    // A server that has heard enough may close before all was said.
    asked.on('error', reject);
    asked.end(body);
  });
}

const coded = async (raw: Raw) => {
  const { status, text, type } = await send(raw);
  expect(text).not.toContain(secret);
  expect(type).toContain('application/problem+json');
  const { code, title } = JSON.parse(text) as { code: string; title: string };
  expect(title).toMatch(/[\u4e00-\u9fff]/);
  return [status, code];
};
const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
const malformed = [400, 'request-malformed'];
const invalid = [400, 'request-invalid'];

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
    const began = Date.now();
    const file = Buffer.alloc(8 * 1024 * 1024, 'x');

    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'image/png'])
      expect(await coded({ type, body: secret })).toEqual([415, 'file-type-unknown']);
    expect(await coded({ type: XLSX_TYPE, body: file })).toEqual([415, 'file-type-unknown']);
    expect(await coded({ path: '/notes/files', body: `{"words":"${secret}"}` })).toEqual([415, 'file-type-unknown']);
    expect(Date.now() - began).toBeLessThan(3000);
  });

  it('with more fields than anybody means is refused at once, and of many unknown ones a hundred are named', async () => {
    const fields = (count: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`field${i}`, 1])));
    const began = Date.now();

    expect(await coded({ body: fields(60_000) })).toEqual(malformed);
    const { status, text } = await send({ body: fields(400) });

    expect([status, (JSON.parse(text) as { faults: unknown[] }).faults.length]).toEqual([400, 100]);
    expect(Date.now() - began).toBeLessThan(1000);
  });

  it('never changed what every object has', () => {
    expect(({} as Record<string, unknown>)['words']).toBeUndefined();
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});

describe('a path', () => {
  it.each([
    ['that leads nowhere', '/nowhere'],
    ['outside of every service', '/api/v1/nobody/notes'],
    ['with an id that is none', `/notes/${encodeURIComponent(secret)}`],
    ['that is very long', `/notes/${'x'.repeat(5000)}`],
    ['that tries to climb', '/../../etc/passwd'],
    ['with a query of an id that is none', '/notes/1%27%20or%20%271%27=%271'],
  ])('%s is not found', async (_, path) => {
    expect(await coded({ path, method: 'GET' })).toEqual([404, 'not-found']);
  });

  it('that cannot be decoded is malformed, and is not repeated', async () => {
    const { status, text } = await send({ path: '/notes/%zz-370102', method: 'GET' });

    expect([status, (JSON.parse(text) as { code: string }).code]).toEqual([400, 'request-malformed']);
    expect(text).not.toContain('370102');
  });
});

describe('a query', () => {
  it.each([
    'limit=0',
    'limit=201',
    'limit=abc',
    'limit=1&limit=2',
    'limit=1e999',
    'limit[a]=1',
    'cursor=x',
    'cursor=a&cursor=b',
    'sort=nothing',
    'sort=constructor',
    'sort=__proto__',
    'sort=words;drop',
    'tone=loud',
    'more=1',
    '__proto__[a]=1',
  ])('%s is invalid', async (query) => {
    expect(await coded({ path: `/notes?${query}`, method: 'GET' })).toEqual(invalid);
  });

  it.each(['tone=%00', 'cursor=a%00', '%00=1'])('%s is malformed', async (query) => {
    expect(await coded({ path: `/notes?${query}`, method: 'GET' })).toEqual(malformed);
  });
});

describe('a method', () => {
  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'SEARCH', 'QUERY'])(
    '%s that a path does not know is never our fault',
    async (method) => {
      for (const path of ['/notes/files', '/notes/lookups', '/nowhere', '/health/ready', '/api/docs']) {
        const { status } = await send({ path, method });
        expect([200, 204, 400, 404, 405, 415]).toContain(status);
      }
    },
  );

  it('HEAD answers like GET, without the body', async () => {
    expect(await send({ path: '/notes', method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });
});

describe('a header', () => {
  it.each([
    { 'idempotency-key': '\u00e9'.repeat(20) },
    { 'if-match': '"\u00e9"' },
    { 'content-encoding': 'gzip' },
    { accept: 'image/png' },
    { expect: '100-continue' },
    { traceparent: 'nonsense' },
  ])('%j is never our fault', async (headers) => {
    const { status } = await send({ headers, body: '{"words":"header"}' });

    expect([201, 400, 415]).toContain(status);
  });
});
