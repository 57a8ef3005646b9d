import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { createHmac, type KeyObject } from 'node:crypto';
import { Observable } from 'rxjs';
import { actingAs, nobody } from '../actor.js';
import { Invalid } from '../problem.js';
import { canonicalDigest } from '../canonical.js';
import type { Request } from './access.js';
import { type Asking, whileAsking } from './asking.js';

/** Runs a use case on behalf of whoever asks, with what the platform must know of the request. */
@Injectable()
export class RequestContext implements NestInterceptor {
  /** The key makes what is stored of a body worthless to whoever reads the table: bodies hold passwords and numbers that can be guessed. */
  constructor(private readonly fingerprintKey: KeyObject) {}

  intercept(context: ExecutionContext, next: CallHandler) {
    const request = context.switchToHttp().getRequest<Request>();
    const who = {
      ...(request.actor ?? nobody),
      ...(request.correlationId ? { correlationId: request.correlationId } : {}),
    };
    const asked = askingOf(request, this.fingerprintKey);
    return new Observable<unknown>((subscriber) =>
      actingAs(who, () => whileAsking(asked, () => next.handle().subscribe(subscriber))),
    );
  }
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
