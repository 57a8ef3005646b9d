import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHmac, type KeyObject } from 'node:crypto';
import { actingAs, nobody } from '../actor.js';
import { Invalid } from '../problem.js';
import { canonicalDigest } from '../canonical.js';
import type { Access, Request } from './access.js';
import { type Asking, whileAsking } from './asking.js';

/**
 * Asks who a request comes from, and runs its use case on their behalf, with what the platform must know of the request.
 * As hooks of Fastify's: around each of Nest's interceptors there is more to do than in all of a small read.
 *
 * The key makes what is stored of a body worthless to whoever reads the table: bodies hold passwords and numbers that can be guessed.
 */
export function runOnBehalf(app: NestFastifyApplication, access: Access, fingerprintKey: KeyObject) {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('preHandler', async (request) => {
    if (!request.is404) await access.enter(request);
  });
  fastify.addHook('preHandler', (request: Request, _reply, done) => {
    if (request.is404) return done();
    const { actor = nobody, correlationId } = request;
    const asked = askingOf(request, fingerprintKey);
    actingAs({ ...actor, ...(correlationId ? { correlationId } : {}) }, () => whileAsking(asked, done));
  });
}

function askingOf(request: Request, fingerprintKey: KeyObject): Asking {
  const operation = request.operation;
  const key = header(request, 'idempotency-key');
  if (operation?.writes && !operation.repeatable && (key === undefined || key.length < 8 || key.length > 128)) {
    throw new Invalid([{ field: 'Idempotency-Key', check: 'key-missing' }]);
  }
  const ifMatch = header(request, 'if-match');
  if (operation?.amends && ifMatch === undefined) throw new Invalid([{ field: 'If-Match', check: 'if-match-missing' }]);
  return {
    operation: operation?.name ?? 'unknown',
    fingerprint: operation?.writes
      ? keyed(fingerprintKey, [operation.name, request.params, request.query, request.body])
      : '',
    // What may be repeated is not recorded: its answer may hold what must not be stored.
    ...(key === undefined || !operation?.writes || operation.repeatable ? {} : { key }),
    ...(ifMatch === undefined ? {} : { ifMatch }),
  };
}

const keyed = (key: KeyObject, parts: readonly unknown[]) =>
  createHmac('sha256', key).update(canonicalDigest(parts)).digest('hex');

function header(request: Request, name: string) {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
