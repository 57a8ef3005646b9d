import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../actor.js';
import { NotPermitted, NotSignedIn } from '../problem.js';
import { Withdrawals } from '../copies/withdrawals.js';
import { OPERATION, type OperationOptions, permissionsFor } from './operation.js';
import type { VerifiedToken } from './tokens.js';

export const READ_TOKEN = Symbol('read token');

export type Request = FastifyRequest & {
  actor?: Actor;
  correlationId?: string;
  operation?: OperationOptions;
  sessionId?: string;
};

/** Lets a request in when its token is good, has not been withdrawn, and carries the permission the route names. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly withdrawals: Withdrawals,
    @Inject(READ_TOKEN) private readonly readToken: (token: string) => Promise<VerifiedToken>,
  ) {}

  async canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest<Request>();
    const operation = this.reflector.get<OperationOptions | undefined>(OPERATION, context.getHandler());
    if (!operation) throw new Error(`${context.getHandler().name} declares no operation`);
    request.operation = operation;
    const token = bearer(request);
    if (operation.permission === 'public' && !token) {
      request.actor = { reach: 'public', permissions: [] };
      return true;
    }
    const verified = await this.signedIn(token);
    request.sessionId = verified.sessionId;
    request.actor = verified.actor;
    mustHold(verified.actor, operation);
    return true;
  }

  /** Asked before a body is read: is somebody signed in, and may they do this at all? */
  async admit(request: FastifyRequest) {
    const { actor } = await this.signedIn(bearer(request));
    const { operation } = request.routeOptions.config as { readonly operation?: OperationOptions };
    if (operation) mustHold(actor, operation);
  }

  private async signedIn(token: string | undefined) {
    if (!token) throw new NotSignedIn();
    const verified = await this.readToken(token);
    if (this.withdrawals.covers(verified)) throw new NotSignedIn('access-withdrawn');
    return verified;
  }
}

function mustHold({ permissions }: Actor, operation: OperationOptions) {
  if (operation.permission === 'signed-in' || operation.permission === 'public') return;
  const enough = permissionsFor(operation);
  if (!enough.some((one) => permissions.includes(one))) throw new NotPermitted(enough[0] ?? '');
}

const bearer = (request: FastifyRequest) => /^Bearer ([\w.-]{20,4096})$/.exec(request.headers.authorization ?? '')?.[1];
