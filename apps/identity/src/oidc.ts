import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, faultOf, log, NotSignedIn, Personal, Refused, sha256 } from '@shuzheng/platform';
import * as provider from 'openid-client';
import { type OidcConfig, readOidcConfig } from './oidc-config.js';

const FLOW_MS = 10 * 60_000;

/** What the browser carries, sealed, from here to the provider and back. */
interface Flow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly until: number;
  /** The account that links itself, where this is no sign-in. */
  readonly link?: string;
}

/** Signing in through the authority's own provider: authorization code with PKCE, state and nonce. */
@Injectable()
export class Oidc {
  private readonly config: OidcConfig | undefined;
  private readonly secure: boolean;
  private discovered: provider.Configuration | undefined;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly personal: Personal,
  ) {
    this.config = readOidcConfig(config);
    this.secure = config.publicUrl.startsWith('https:');
  }

  /** Where to send the browser, and the cookie that it must bring back: nobody can be signed in as somebody else. */
  async begin(link?: string): Promise<{ url: string; cookie: string }> {
    const { redirectUri } = this.configured();
    const verifier = provider.randomPKCECodeVerifier();
    const flow: Flow = {
      state: provider.randomState(),
      nonce: provider.randomNonce(),
      verifier,
      until: Date.now() + FLOW_MS,
      ...(link ? { link } : {}),
    };
    const url = provider.buildAuthorizationUrl(await this.discovery(), {
      redirect_uri: redirectUri,
      scope: 'openid',
      code_challenge: await provider.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: flow.state,
      nonce: flow.nonce,
    });
    const sealed = this.personal.seal('browser', 'oidc_flow', flow.state, JSON.stringify(flow));
    return { url: url.href, cookie: this.cookie(Buffer.from(sealed).toString('base64url'), FLOW_MS / 1000) };
  }

  /** Whom the provider has named, as a digest. */
  async finish(query: string, cookies: string | undefined): Promise<{ digest: string; link?: string }> {
    const { redirectUri } = this.configured();
    const flow = this.flowOf(new URLSearchParams(query).get('state') ?? '', cookies);
    const configuration = await this.discovery();
    try {
      const tokens = await provider.authorizationCodeGrant(configuration, new URL(`${redirectUri}?${query}`), {
        pkceCodeVerifier: flow.verifier,
        expectedState: flow.state,
        expectedNonce: flow.nonce,
        idTokenExpected: true,
      });
      return { digest: this.digest(tokens.claims()?.sub ?? ''), ...(flow.link ? { link: flow.link } : {}) };
    } catch (error) {
      log.warn('the provider named nobody', faultOf(error));
      throw new NotSignedIn('oidc-failed');
    }
  }

  /** The subject's digest: who somebody is at the provider is nobody else's business. */
  digest(subject: string) {
    return sha256(`${this.issuer}|${subject}`);
  }

  get issuer() {
    return this.configured().issuer.href;
  }

  get clearing() {
    return this.cookie('', 0);
  }

  private configured(): OidcConfig {
    if (!this.config) throw new Refused(['oidc-not-configured']);
    return this.config;
  }

  private async discovery() {
    const { issuer, clientId, clientSecret, insecure } = this.configured();
    this.discovered ??= await provider
      .discovery(
        issuer,
        clientId,
        undefined,
        provider.ClientSecretBasic(clientSecret),
        insecure ? { execute: [provider.allowInsecureRequests] } : {},
      )
      .catch((error: unknown) => {
        log.warn('the OpenID provider does not answer', faultOf(error));
        throw new NotSignedIn('oidc-failed');
      });
    return this.discovered;
  }

  private flowOf(state: string, cookies = ''): Flow {
    const carried = /(?:^|;\s*)shuzheng_oidc=([\w-]+)/.exec(cookies)?.[1] ?? '';
    try {
      const sealed = Buffer.from(carried, 'base64url').toString();
      const flow = JSON.parse(this.personal.open('browser', 'oidc_flow', state, sealed)) as Flow;
      if (flow.until > Date.now()) return flow;
    } catch {
      // Falls through: whatever the browser brought, it was not made here for this state.
    }
    throw new NotSignedIn('oidc-failed');
  }

  private cookie(value: string, seconds: number) {
    const path = 'Path=/api/v1/identity/sign-in/oidc';
    return `shuzheng_oidc=${value}; ${path}; HttpOnly; SameSite=Lax; Max-Age=${seconds}${this.secure ? '; Secure' : ''}`;
  }
}
