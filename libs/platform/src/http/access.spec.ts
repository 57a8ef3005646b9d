import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessWithdrawn } from '@shuzheng/contracts';
import { importPKCS8, type JWTPayload, SignJWT } from 'jose';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request as ask } from 'node:http';
import { join } from 'node:path';
import { ServiceUnderTest } from '../testing/index.js';
import { sample } from '../testing/sample-service.js';

const service = new ServiceUnderTest(sample);
beforeAll(() => service.start());
afterAll(() => service.stop());

const url = () => `${service.url}/api/v1/${sample.name}/notes`;
const organisationId = randomUUID();

/** What a request with this header is answered. */
async function asking(authorization: string | undefined, method = 'POST') {
  const answer = await fetch(url(), {
    method,
    headers: {
      'idempotency-key': randomUUID(),
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
    },
    ...(method === 'POST' ? { body: '{"words":"access"}' } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

interface Making {
  readonly claims?: JWTPayload;
  readonly key?: string;
  readonly header?: { alg: string; typ?: string };
  readonly expires?: number | null;
  readonly audience?: string;
  readonly issuer?: string;
}

/** A token as somebody might make it who knows the form. */
async function made({ claims = {}, key, header, expires = 300, audience, issuer }: Making = {}) {
  const pem = key ?? readFileSync(join(service.config.keys, 'token.key')).toString();
  const token = new SignJWT({
    sub: randomUUID(),
    sid: randomUUID(),
    org: organisationId,
    reach: 'organisation',
    perms: ['notes:write'],
    iam: Date.now(),
    ...claims,
  })
    .setProtectedHeader(header ?? { alg: 'EdDSA', typ: 'at+jwt' })
    .setIssuer(issuer ?? 'shuzheng')
    .setAudience(audience ?? 'shuzheng')
    .setIssuedAt();
  if (expires !== null) token.setExpirationTime(Math.floor(Date.now() / 1000) + expires);
  return token.sign(await importPKCS8(pem, 'EdDSA'));
}

const otherKey = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The same token with another payload, another signature or none. */
function altered(token: string, change: (payload: Record<string, unknown>) => object) {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  return `${header}.${part(change(claims))}.${signature}`;
}

describe('a token', () => {
  it('that identity made is good for what it says', async () => {
    expect((await asking(`Bearer ${await made()}`)).status).toBe(201);
  });

  it.each<[string, () => Promise<string | undefined>]>([
    ['that is not there', async () => undefined],
    ['that has expired', () => made({ expires: -1 })],
    ['that never expires', () => made({ expires: null })],
    ['of another key', () => made({ key: otherKey() })],
    ['for another audience', () => made({ audience: 'other' })],
    ['of another issuer', () => made({ issuer: 'other' })],
    ['of another type', () => made({ header: { alg: 'EdDSA', typ: 'JWT' } })],
    ['without a type', () => made({ header: { alg: 'EdDSA' } })],
    ['without permissions', () => made({ claims: { perms: 'notes:write' } })],
    ['without the moment it was made', () => made({ claims: { iam: 'now' } })],
    ['for nobody', () => made({ claims: { sub: '' } })],
    [
      'without a signature',
      async () => `${part({ alg: 'none', typ: 'at+jwt' })}.${(await made()).split('.')[1] ?? ''}.`,
    ],
    [
      'with more permissions than were signed',
      async () => altered(await made(), (claims) => ({ ...claims, reach: 'system' })),
    ],
    ['that was cut', async () => (await made()).slice(0, -5)],
    ['that is no token', async () => 'x'.repeat(60)],
    ['that is far too long', async () => 'x'.repeat(6000)],
    [
      'signed with the public key as a secret',
      async () => {
        const secret = readFileSync(join(service.config.keys, 'token.pub'));
        return new SignJWT({ perms: ['notes:write'], iam: Date.now() })
          .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
          .setIssuer('shuzheng')
          .setAudience('shuzheng')
          .setSubject(randomUUID())
          .setExpirationTime('5m')
          .sign(secret);
      },
    ],
  ])('%s lets nobody in, and the answer does not say why', async (_, make) => {
    const token = await make();

    const { status, body } = await asking(token === undefined ? undefined : `Bearer ${token}`);

    expect(status).toBe(401);
    expect({ ...body, correlationId: undefined }).toEqual({
      type: '/problems/not-signed-in',
      title: '尚未登录或登录已过期',
      status: 401,
      code: 'not-signed-in',
      advice: '请重新登录',
    });
  });

  it('that has expired is no longer good, though it was known while it was', async () => {
    const token = await made({ expires: 3 });
    expect((await asking(`Bearer ${token}`)).status).toBe(201);

    await new Promise((resolve) => setTimeout(resolve, 3200));

    expect((await asking(`Bearer ${token}`)).status).toBe(401);
  });

  it('for something else names the permission that is missing', async () => {
    const { status, body } = await asking(`Bearer ${await made({ claims: { perms: ['notes:read'] } })}`);

    expect([status, body['code'], body['permission']]).toEqual([403, 'permission-missing', 'notes:write']);
    expect(body['advice']).toBe('请向本单位的用户管理员申请该权限');
  });

  it('of a learner does not send them to an organisation they do not have', async () => {
    const { body } = await asking(`Bearer ${await made({ claims: { reach: 'self', perms: ['notes:read'] } })}`);

    expect([body['code'], body['advice']]).toEqual(['permission-missing', '此功能供机构和主管部门的工作人员使用']);
  });

  it('is not asked for where a route is public, but a bad one is refused there too', async () => {
    expect((await asking(undefined, 'GET')).status).toBe(200);
    expect((await asking(`Bearer ${await made({ expires: -1 })}`, 'GET')).status).toBe(401);
  });

  it.each(['Basic dXNlcjpwYXNz', 'bearer', 'Bearer', 'Bearer a b', ''])('is not what %j says', async (header) => {
    expect((await asking(header)).status).toBe(401);
  });
});

describe('a file', () => {
  /** Says that twenty megabytes are coming, sends none of them, and hears the answer all the same. */
  const announcing = (authorization: string | undefined, type: string) =>
    new Promise<{ status: number | undefined; correlated: boolean }>((resolve, reject) => {
      const request = ask(`${url()}/files`, {
        method: 'POST',
        timeout: 10_000,
        headers: {
          'content-type': type,
          'content-length': 20 * 1024 * 1024,
          ...(authorization ? { authorization } : {}),
        },
      });
      request.on('response', ({ statusCode, headers }) => {
        resolve({ status: statusCode, correlated: typeof headers['x-correlation-id'] === 'string' });
        request.destroy();
      });
      request.on('timeout', () => request.destroy(new Error('it waits for the file')));
      request.on('error', reject);
      request.flushHeaders();
    });

  it.each(['application/pdf', 'image/png', 'image/jpeg', 'application/octet-stream', 'Application/PDF; charset=x'])(
    'as %s is not read from somebody who is not signed in',
    async (type) => {
      expect(await announcing(undefined, type)).toEqual({ status: 401, correlated: true });
      expect(await announcing(`Bearer ${await made({ expires: -1 })}`, type)).toMatchObject({ status: 401 });
    },
  );

  it('is not read from somebody who may not hand it in', async () => {
    const reader = await service.token({ permissions: ['notes:read'], organisationId });

    expect(await announcing(`Bearer ${reader}`, 'application/pdf')).toEqual({ status: 403, correlated: true });
  });

  it.each(['application/pdf', 'image/png', 'image/jpeg', 'application/octet-stream'])(
    'as %s is taken under its own type',
    async (type) => {
      const answer = await fetch(`${url()}/files`, {
        method: 'POST',
        headers: { 'content-type': type, authorization: `Bearer ${await made()}` },
        body: new Uint8Array(2 * 1024 * 1024),
      });

      expect([answer.status, await answer.json()]).toEqual([201, { bytes: 2 * 1024 * 1024 }]);
    },
  );
});

describe('access that was withdrawn', () => {
  const withdraw = (accountId: string, from: string | null, withdrawnAt = new Date().toISOString()) =>
    service.hear(AccessWithdrawn, { accountId, organisationId: from, withdrawnAt });

  async function refusedWithin(ask: () => Promise<{ status: number; body: { code?: string } }>, ms: number) {
    const began = Date.now();
    for (;;) {
      const { status, body } = await ask();
      if (status === 401) return body.code;
      if (Date.now() - began > ms) return 'still accepted';
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('is refused within two seconds, and what is given anew is accepted', async () => {
    const accountId = randomUUID();
    const token = await made({ claims: { sub: accountId } });
    const ask = () => asking(`Bearer ${token}`);
    expect((await ask()).status).toBe(201);

    await withdraw(accountId, null);

    expect(await refusedWithin(ask, 2000)).toBe('access-withdrawn');
    expect((await asking(`Bearer ${await made({ claims: { sub: accountId } })}`)).status).toBe(201);
  });

  it('for one organisation stays for another, and of one account stays with another', async () => {
    const [accountId, other] = [randomUUID(), randomUUID()];
    const [here, there, colleague] = await Promise.all([
      made({ claims: { sub: accountId } }),
      made({ claims: { sub: accountId, org: other } }),
      made(),
    ]);

    await withdraw(accountId, organisationId);

    expect(await refusedWithin(() => asking(`Bearer ${here}`), 2000)).toBe('access-withdrawn');
    expect((await asking(`Bearer ${there}`)).status).toBe(201);
    expect((await asking(`Bearer ${colleague}`)).status).toBe(201);
  });

  it('stays withdrawn when an older withdrawal is heard later', async () => {
    const accountId = randomUUID();
    const token = await made({ claims: { sub: accountId } });
    await withdraw(accountId, null);
    await withdraw(accountId, null, new Date(Date.now() - 60_000).toISOString());

    expect(await refusedWithin(() => asking(`Bearer ${token}`), 2000)).toBe('access-withdrawn');
  });
});
