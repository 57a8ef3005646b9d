import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { ServiceUnderTest } from './service-under-test.js';
import { secret } from './sample-routes.js';
import { sample } from './sample-service.js';

const base = `/api/v1/${sample.name}`;
const JSON_TYPE = 'application/json';

export interface Raw {
  readonly path?: string;
  readonly method?: string;
  readonly body?: string | Buffer;
  readonly type?: string;
  readonly headers?: Record<string, string>;
}

/** A request as no client library would make it. */
async function send(
  service: ServiceUnderTest,
  { path = '/notes', method = 'POST', body, type = JSON_TYPE, headers = {} }: Raw,
) {
  const token = await service.token({ permissions: ['notes:write'], organisationId: randomUUID() });
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

/** Raw requests to a service that is being tested. */
export const rawTo = (service: ServiceUnderTest) => ({
  send: (raw: Raw) => send(service, raw),

  /** Status and code of a problem, which tells nothing that the request held. */
  coded: async (raw: Raw) => {
    const { status, text, type } = await send(service, raw);
    expect(text).not.toContain(secret);
    expect(type).toContain('application/problem+json');
    const { code, title } = JSON.parse(text) as { code: string; title: string };
    expect(title).toMatch(/[\u4e00-\u9fff]/);
    return [status, code];
  },
});

export const malformed = [400, 'request-malformed'];
export const invalid = [400, 'request-invalid'];
