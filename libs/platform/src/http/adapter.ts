import { BadRequestException, type LoggerService } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { faultOf, log } from '../log.js';
import { platformReasons } from '../reasons.js';
import type { Request } from './access.js';
import { evidenceTypes, mediaTypeOf } from './evidence.js';
import type { Metrics } from './health.js';
import { isPlain } from './plain.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** What is handed in as a file, each under its own type. */
const fileTypes: readonly string[] = [XLSX, 'application/octet-stream', ...evidenceTypes];
const MAX_BODY = 1024 * 1024;
const MAX_FILE = 20 * 1024 * 1024;

/** Who asks is read from `X-Forwarded-For` only where it comes from one of these proxies: anybody else could make it up. */
export const adapter = (trustedProxies: readonly string[]) =>
  new FastifyAdapter({
    bodyLimit: MAX_BODY,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    // A path that cannot be read reaches no route; Fastify's own answer would repeat it.
    frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
      const status = error.statusCode === 414 ? 404 : 400;
      const code = status === 404 ? 'not-found' : 'request-malformed';
      const problem = { type: `/problems/${code}`, title: platformReasons[code].title, status, code };
      void reply.status(status).type('application/problem+json; charset=utf-8').send(problem);
    },
  });

/** What a service takes, before any of its routes does: JSON, forms and files, of a size, and nothing outlandish. */
export function restrict(app: NestFastifyApplication) {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser([...fileTypes], { parseAs: 'buffer', bodyLimit: MAX_FILE }, (_request, body, done) =>
    done(null, body),
  );
  fastify.addHook('preValidation', ({ params, query, body }, _reply, done) =>
    done(isPlain([params, query, body]) ? undefined : new BadRequestException()),
  );
}

/** A file is large: whoever may not hand it in is refused before any of it is read. No public route takes one. */
export function guardFiles(app: NestFastifyApplication, admit: (request: FastifyRequest) => Promise<unknown>) {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', async (request) => {
    if (fileTypes.includes(mediaTypeOf(request))) await admit(request);
  });
}

/** Gives each request a number to be found by, and measures it. */
export function observe(app: NestFastifyApplication, service: string, metrics: Metrics) {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    const correlationId = randomUUID();
    (request as Request).correlationId = correlationId;
    void reply
      .header('x-correlation-id', correlationId)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store');
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { operation, correlationId, actor } = request as Request;
    const seconds = reply.elapsedTime / 1000;
    metrics.request(service, operation?.name ?? 'unknown', reply.statusCode, seconds);
    log.info('request', {
      service,
      operation: operation?.name ?? 'unknown',
      method: request.method,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ...(correlationId ? { correlationId } : {}),
      ...(actor?.accountId ? { accountId: actor.accountId } : {}),
    });
    done();
  });
}

/** What the framework says while it serves: its words may quote a request, so only the kind of fault is kept. */
export const frameworkLog: LoggerService = {
  log: () => {},
  warn: (_message: unknown, context?: unknown) => log.warn('the framework warns', { type: String(context) }),
  error: (error: unknown) => log.error('the framework reports an error', faultOf(error)),
};
