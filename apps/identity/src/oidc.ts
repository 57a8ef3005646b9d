import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, faultOf, log, NotSignedIn, Personal, Refused, sha256 } from '@shuzheng/platform';
import * as provider from 'openid-client';
import { type OidcConfig, readOidcConfig } from './oidc-config.js';

const FLOW_MS = 10 * 60_000;
const PROOF_MS = 5 * 60_000;
/** The cookies: of a browser on its way to the provider, and of one that came back and owes a one-time password. */
const [FLOW, PROOF] = ['shuzheng_oidc', 'shuzheng_oidc_second'] as const;

/** What the browser carries, sealed, from here to the provider and back. */
interface Flow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly until: number;
  /** The account that links itself, where this is no sign-in. */
  readonly link?: string;
}

interface Proof {
  readonly accountId: string;
  readonly until: number;
}

/** Whom the provider has named, as a digest. */
interface Named {
  readonly digest: string;
  /** Did the provider ask for a second factor, and is its word taken for it? */
  readonly twice: boolean;
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
    return { url: url.href, cookie: this.cookie(FLOW, this.sealed(FLOW, flow.state, flow), FLOW_MS / 1000) };
  }

  async finish(query: string, cookies: string | undefined): Promise<Named> {
    const { redirectUri, twice } = this.configured();
    const flow = this.opened<Flow>(FLOW, new URLSearchParams(query).get('state') ?? '', cookies);
    const configuration = await this.discovery();
    try {
      const tokens = await provider.authorizationCodeGrant(configuration, new URL(`${redirectUri}?${query}`), {
        pkceCodeVerifier: flow.verifier,
        expectedState: flow.state,
        expectedNonce: flow.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      const both = saidOf(claims).some((said) => twice.includes(said));
      return { digest: this.digest(claims?.sub ?? ''), twice: both, ...(flow.link ? { link: flow.link } : {}) };
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
    return this.cookie(FLOW, '', 0);
  }

  /** What a browser brings back with its one-time password: for whom it came from the provider a moment ago. */
  proofOf(accountId: string) {
    const proof: Proof = { accountId, until: Date.now() + PROOF_MS };
    return this.cookie(PROOF, this.sealed(PROOF, PROOF, proof), PROOF_MS / 1000);
  }

  /** Whom the provider named, as the browser proves it. */
  proven(cookies: string | undefined): string {
    this.configured();
    return this.opened<Proof>(PROOF, PROOF, cookies).accountId;
  }

  get clearingProof() {
    return this.cookie(PROOF, '', 0);
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

  private sealed(cookie: string, id: string, content: object) {
    const sealed = this.personal.seal('browser', cookie, id, JSON.stringify(content));
    return Buffer.from(sealed).toString('base64url');
  }

  private opened<T extends { readonly until: number }>(cookie: string, id: string, cookies = ''): T {
    const carried = new RegExp(`(?:^|;\\s*)${cookie}=([\\w-]+)`).exec(cookies)?.[1] ?? '';
    try {
      const sealed = Buffer.from(carried, 'base64url').toString();
      const content = JSON.parse(this.personal.open('browser', cookie, id, sealed)) as T;
      if (content.until > Date.now()) return content;
    } catch {
      // Falls through: whatever the browser brought, it was not made here for this.
    }
    throw new NotSignedIn('oidc-failed');
  }

  private cookie(name: string, value: string, seconds: number) {
    const path = 'Path=/api/v1/identity/sign-in/oidc';
    return `${name}=${value}; ${path}; HttpOnly; SameSite=Lax; Max-Age=${seconds}${this.secure ? '; Secure' : ''}`;
  }
}

/** How the provider says that it has asked: its methods, and the level they make. */
const saidOf = (claims: provider.IDToken | undefined) =>
  [claims?.['amr'], claims?.['acr']].flat().filter((said) => typeof said === 'string');
