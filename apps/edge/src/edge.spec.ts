import { afterEach, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { edgeOf, startEdge } from './edge.js';

let edge: FastifyInstance | undefined, service: Server | undefined;
afterEach(async () => {
  await edge?.close();
  service?.close();
  [edge, service] = [undefined, undefined];
});

/** A service that takes connections and does with them what it is told; the edge before it. */
async function before(atConnection: (socket: { destroy(): void }) => void) {
  const made = createServer((socket) => {
    socket.on('error', () => {}).once('data', () => atConnection(socket));
  });
  service = made;
  await once(made.listen(0, '127.0.0.1'), 'listening');
  const { port } = made.address() as AddressInfo;
  edge = await edgeOf({ enrollment: `http://127.0.0.1:${port}` }, { profile: 'test' });
  return edge.listen({ port: 0, host: '127.0.0.1' });
}

const write = (url: string) =>
  fetch(`${url}/api/v1/enrollment/classes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });

it('asks to come again when the service cannot be reached', async () => {
  const url = await before(() => {});
  await new Promise((resolve) => service?.close(resolve));

  const answer = await write(url);

  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await answer.json()).toMatchObject({ code: 'unavailable', status: 503, correlationId: expect.any(String) });
});

it('asks to come again when the service is lost before it has answered', async () => {
  const url = await before((socket) => socket.destroy());

  const answer = await write(url);

  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  expect(await answer.json()).toMatchObject({ code: 'unavailable' });
});

const address = { SERVICES: '{"enrollment":"http://127.0.0.1:1"}', PORT: '0' };

it.each([
  ['SERVICES', { SERVICES: undefined }],
  ['SERVICES', { SERVICES: '{' }],
  ['SERVICES', { SERVICES: '{"enrolment":"http://127.0.0.1:1"}' }],
  ['SERVICES', { SERVICES: '{"enrollment":"127.0.0.1:1"}' }],
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'everybody' }],
  ['PORT', { PORT: 'http' }],
  ['HOST', { HOST: '203.0.113.9' }],
  ['SHUZHENG_PROFILE', { SHUZHENG_PROFILE: 'Production' }],
])('does not start with a bad %s: %j', async (name, change) => {
  await expect(startEdge({ ...address, ...change })).rejects.toThrow(new RegExp(`^${name}: [^\\n]{10,120}$`));
});

it('names the port that is taken', async () => {
  service = createServer();
  await once(service.listen(0, '127.0.0.1'), 'listening');
  const { port } = service.address() as AddressInfo;

  await expect(startEdge({ ...address, PORT: String(port) })).rejects.toThrow(`PORT: ${port} is taken`);
});

it.each([
  ['demo', true],
  ['production', false],
])('as %s shows the demonstration accounts: %s', async (SHUZHENG_PROFILE, shown) => {
  const { url, close } = await startEdge({ ...address, SHUZHENG_PROFILE });

  const page = await (await fetch(url)).text();
  await close();

  expect(page.includes('Shuzheng-demo')).toBe(shown);
});
