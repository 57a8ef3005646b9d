import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServiceUnderTest } from '../testing/index.js';
import { invalid, malformed, rawTo } from '../testing/raw.js';
import { secret } from '../testing/sample-routes.js';
import { sample } from '../testing/sample-service.js';

const service = new ServiceUnderTest(sample);
beforeAll(() => service.start());
afterAll(() => service.stop());
const { send, coded } = rawTo(service);

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
