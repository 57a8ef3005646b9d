import { randomUUID } from 'node:crypto';
import { faultOf, log, platformReasons } from '@shuzheng/platform';
import type { FastifyReply } from 'fastify';

type Code = keyof typeof platformReasons;

const statuses = {
  'request-malformed': 400,
  'not-found': 404,
  'file-too-large': 413,
  'file-type-unknown': 415,
  internal: 500,
  unavailable: 503,
} as const satisfies Partial<Record<Code, number>>;

/** The few answers that are the edge's own look like those of the services behind it. */
export function tell(reply: FastifyReply, code: keyof typeof statuses) {
  const correlationId = randomUUID();
  const status = statuses[code];
  if (status === 503) void reply.header('retry-after', '2');
  void reply
    .status(status)
    .headers({
      'content-type': 'application/problem+json; charset=utf-8',
      'x-correlation-id': correlationId,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .send(JSON.stringify({ type: `/problems/${code}`, ...platformReasons[code], status, code, correlationId }));
  return correlationId;
}

/** A service that cannot be reached, or was lost before it answered: the same key may be tried again, whatever it did. */
export function tellAway(reply: FastifyReply, error: unknown) {
  const correlationId = tell(reply, 'unavailable');
  log.warn('a service gave no answer', { ...faultOf(error), correlationId });
}

/** What the edge itself refuses before any service hears of it. */
export function tellRefused(reply: FastifyReply, error: { readonly statusCode?: number }) {
  const { statusCode = 500 } = error;
  if (statusCode === 413) return tell(reply, 'file-too-large');
  if (statusCode === 415) return tell(reply, 'file-type-unknown');
  if (statusCode === 414) return tell(reply, 'not-found');
  if (statusCode >= 400 && statusCode < 500) return tell(reply, 'request-malformed');
  const correlationId = tell(reply, 'internal');
  log.error('a request failed', { ...faultOf(error), correlationId });
  return correlationId;
}
