import { importPKCS8, importSPKI, jwtVerify, SignJWT } from 'jose';
import { hash } from 'node:crypto';
import type { Actor, Reach } from '../actor.js';
import { NotSignedIn } from '../problem.js';

const ISSUER = 'shuzheng';

/** What an access token says. It names accounts and organisations, never people. */
export interface Claims {
  readonly accountId: string;
  readonly sessionId: string;
  readonly organisationId?: string;
  readonly cityCode?: string;
  readonly personId?: string;
  readonly reach: Reach;
  readonly permissions: readonly string[];
}

export interface VerifiedToken {
  readonly actor: Actor;
  readonly sessionId: string;
  /** When it was issued, in milliseconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Identity's half: makes access tokens that every service can check by itself. */
export async function tokenMaker(privatePem: Buffer) {
  const key = await importPKCS8(privatePem.toString(), 'EdDSA');
  return (claims: Claims, seconds: number) =>
    new SignJWT({
      sid: claims.sessionId,
      org: claims.organisationId,
      city: claims.cityCode,
      person: claims.personId,
      reach: claims.reach,
      perms: claims.permissions,
      // Whole seconds are too coarse to say whether a token is older than a withdrawal.
      iam: Date.now(),
    })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' })
      .setIssuer(ISSUER)
      .setAudience(ISSUER)
      .setSubject(claims.accountId)
      .setIssuedAt()
      .setExpirationTime(`${seconds}s`)
      .sign(key);
}

const KEPT = 2000;

/** Every service's half: checks a token without asking anybody. */
export async function tokenReader(publicPem: Buffer): Promise<(token: string) => Promise<VerifiedToken>> {
  const key = await importSPKI(publicPem.toString(), 'EdDSA');
  const known = new Map<string, VerifiedToken>();
  return async (token) => {
    const digest = hash('sha256', token, 'base64');
    const before = known.get(digest);
    if (before && before.expiresAt > Date.now()) return before;
    const verified = await verify(key, token);
    if (known.size >= KEPT) known.delete(known.keys().next().value ?? '');
    known.set(digest, verified);
    return verified;
  };
}

async function verify(key: Awaited<ReturnType<typeof importSPKI>>, token: string): Promise<VerifiedToken> {
  const options = {
    algorithms: ['EdDSA'],
    issuer: ISSUER,
    audience: ISSUER,
    typ: 'at+jwt',
    requiredClaims: ['sub', 'exp'],
  };
  const { payload } = await jwtVerify(token, key, options).catch(() => {
    throw new NotSignedIn();
  });
  const { sub, sid, org, city, person, reach, perms, iam, exp } = payload as Record<string, unknown>;
  if (typeof sub !== 'string' || sub === '' || typeof iam !== 'number' || !Array.isArray(perms))
    throw new NotSignedIn();
  return {
    actor: {
      accountId: sub,
      reach: reach as Reach,
      permissions: perms.map(String),
      ...(typeof org === 'string' ? { organisationId: org } : {}),
      ...(typeof city === 'string' ? { cityCode: city } : {}),
      ...(typeof person === 'string' ? { personId: person } : {}),
    },
    sessionId: String(sid),
    issuedAt: iam,
    expiresAt: Number(exp) * 1000,
  };
}
