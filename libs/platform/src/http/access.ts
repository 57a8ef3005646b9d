import type { FastifyRequest } from 'fastify';
import type { Actor } from '../actor.js';
import { NotPermitted, NotSignedIn } from '../problem.js';
import type { Withdrawals } from '../copies/withdrawals.js';
import { type OperationOptions, permissionsFor } from './operation.js';
import type { VerifiedToken } from './tokens.js';

export type Request = FastifyRequest & {
  actor?: Actor;
  correlationId?: string;
  operation?: OperationOptions;
  sessionId?: string;
};

/** Lets a request in when its token is good, has not been withdrawn, and carries the permission the route names. */
export class Access {
  constructor(
    private readonly withdrawals: Pick<Withdrawals, 'covers'>,
    private readonly readToken: (token: string) => Promise<VerifiedToken>,
  ) {}

  /** Who asks this of the route, if they may. */
  async enter(request: Request) {
    const operation = operationOf(request);
    if (!operation) throw new Error(`${request.routeOptions.url} declares no operation`);
    request.operation = operation;
    const token = bearer(request);
    if (operation.permission === 'public' && !token) {
      request.actor = { reach: 'public', permissions: [] };
      return;
    }
    const verified = await this.signedIn(token);
    request.sessionId = verified.sessionId;
    request.actor = verified.actor;
    mustHold(verified.actor, operation);
  }

  /** Asked before a body is read: is somebody signed in, and may they do this at all? */
  async admit(request: FastifyRequest) {
    const { actor } = await this.signedIn(bearer(request));
    const operation = operationOf(request);
    if (operation) mustHold(actor, operation);
  }

  private async signedIn(token: string | undefined) {
    if (!token) throw new NotSignedIn();
    const verified = await this.readToken(token);
    if (this.withdrawals.covers(verified)) throw new NotSignedIn('access-withdrawn');
    return verified;
  }
}

const operationOf = ({ routeOptions }: FastifyRequest) =>
  (routeOptions.config as { readonly operation?: OperationOptions }).operation;

function mustHold({ permissions }: Actor, operation: OperationOptions) {
  if (operation.permission === 'signed-in' || operation.permission === 'public') return;
  const enough = permissionsFor(operation);
  if (!enough.some((one) => permissions.includes(one))) throw new NotPermitted(enough[0] ?? '');
}

const bearer = (request: FastifyRequest) => /^Bearer ([\w.-]{20,4096})$/.exec(request.headers.authorization ?? '')?.[1];
