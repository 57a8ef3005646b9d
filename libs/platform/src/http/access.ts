import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../actor.js';
import { NotPermitted, NotSignedIn } from '../problem.js';
import { Withdrawals } from '../copies/withdrawals.js';
import { OPERATION, type OperationOptions } from './operation.js';
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
    const { permission } = operation;
    if (permission !== 'signed-in' && permission !== 'public' && !verified.actor.permissions.includes(permission)) {
      throw new NotPermitted(permission);
    }
    return true;
  }

  private async signedIn(token: string | undefined) {
    if (!token) throw new NotSignedIn();
    const verified = await this.readToken(token);
    if (this.withdrawals.covers(verified)) throw new NotSignedIn('access-withdrawn');
    return verified;
  }
}

const bearer = (request: FastifyRequest) => /^Bearer ([\w.-]{20,4096})$/.exec(request.headers.authorization ?? '')?.[1];
