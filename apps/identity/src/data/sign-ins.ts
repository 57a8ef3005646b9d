import { sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Settings } from '../settings.js';

/** Where a sign-in comes from: a kind of device and a part of an address. */
export interface Origin {
  readonly device: string;
  readonly network: string;
}

export type Outcome =
  'signed-in' | 'failed' | 'locked' | 'second-factor-wrong' | 'second-factor-needed' | 'not-admitted';

export interface SignInTry {
  readonly accountId: string | undefined;
  readonly organisationId?: string | undefined;
  readonly outcome: Outcome;
  readonly method: 'password' | 'oidc';
  readonly origin: Origin;
}

/** Keeps for its owner who signed in or tried to; of unknown names nothing is kept, at the same cost. */
export async function recordSignIn(tx: EntityManager, settings: Settings, signIn: SignInTry) {
  const { accountId, organisationId, outcome, method, origin } = signIn;
  await sql(tx, 'select record_sign_in($1, $2, $3, $4, $5, $6, $7, $8)', [
    randomUUID(),
    accountId ?? null,
    organisationId ?? null,
    outcome,
    method,
    origin.device,
    origin.network,
    await settings.value(tx, 'sign-in-history-days'),
  ]);
}
