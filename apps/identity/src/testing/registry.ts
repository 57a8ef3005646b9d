import { OrganisationRegistered } from '@shuzheng/contracts';
import { Caller, ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identity } from '../index.js';

export const OPERATOR = '00000000-0000-4000-8000-000000000001';
export const PASSWORD = 'a-good-Password-1';

/** The service with its first administrator and whom a test adds, everybody signed in with real tokens. */
export class Registry {
  readonly service = new ServiceUnderTest(identity);
  private tokens = new Map<string, string>();

  async start() {
    await this.service.start();
  }

  async stop() {
    await this.service.stop();
  }

  get stranger() {
    return this.service.stranger;
  }

  get bootstrapFile() {
    return join(this.service.config.keys, 'bootstrap.code');
  }

  /** The administrator `root`, signed in. */
  async bootstrapped() {
    const code = readFileSync(this.bootstrapFile, 'utf8');
    await this.stranger.post('/bootstrap', { code, loginName: 'root', displayName: '南宫适', password: PASSWORD });
    return this.signedIn('root');
  }

  async organisation(role: string, cityCode = '370100') {
    const organisationId = randomUUID();
    await this.service.hear(OrganisationRegistered, {
      organisationId,
      name: '某机构',
      creditCode: null,
      cityCode,
      role,
    });
    return organisationId;
  }

  /** Opens an account by `by` and answers its id. */
  async account(by: Caller, loginName: string, organisationId: string, roles: string[]): Promise<string> {
    const { body, status } = await by.post('/accounts', anAccount({ loginName, organisationId, roles }));
    if (status !== 201) throw new Error(`no account: ${JSON.stringify(body)}`);
    return body.accountId;
  }

  signIn(loginName: string, password = PASSWORD, more: object = {}) {
    return this.stranger.post('/sessions', { loginName, password, ...more });
  }

  async signedIn(loginName: string, more: object = {}): Promise<Caller> {
    const { body, status } = await this.signIn(loginName, PASSWORD, more);
    if (status !== 201) throw new Error(`not signed in: ${JSON.stringify(body)}`);
    return this.bearing(body.accessToken);
  }

  bearing(token: string) {
    return new Caller(
      () => this.service.url,
      '/api/v1/identity',
      () => Promise.resolve(token),
    );
  }
}

export const anAccount = (more: object = {}) => ({
  loginName: `user-${randomUUID().slice(0, 8)}`,
  displayName: '欧阳建国',
  password: PASSWORD,
  organisationId: OPERATOR,
  roles: ['auditor'],
  ...more,
});

/** What a token says. */
export const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

export const codesOf = ({ body }: { body: { reasons?: { code: string }[] } }) =>
  (body.reasons ?? []).map(({ code }) => code);

/** With which code a caller is refused before the time is over. */
export async function refusedWithin(caller: Caller, ms: number): Promise<string> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(50)) {
    const { status, body } = await caller.get('/me');
    if (status === 401) return body.code;
  }
  return 'still admitted';
}
