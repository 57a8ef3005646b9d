import { afterEach, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { edgeOf } from './edge.js';

let edge: FastifyInstance, service: Server;
afterEach(async () => {
  await edge.close();
  service.close();
});

/** A service that takes connections and does with them what it is told; the edge before it. */
async function before(atConnection: (socket: { destroy(): void }) => void) {
  service = createServer((socket) => {
    socket.on('error', () => {}).once('data', () => atConnection(socket));
  });
  await once(service.listen(0, '127.0.0.1'), 'listening');
  const { port } = service.address() as AddressInfo;
  edge = await edgeOf({ enrollment: `http://127.0.0.1:${port}` });
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
  await new Promise((resolve) => service.close(resolve));

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
