import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** A real OpenID provider on this machine, which believes whoever says who they are. */
export class TestProvider {
  private server: Server | undefined;
  private provider: Provider | undefined;
  /** Whom the provider names next. */
  subject = '';
  /** How it says that it has asked them (`amr`). */
  methods: readonly string[] = ['pwd'];
  issuer = '';

  async start(redirectUri: string) {
    const server = createServer((request, response) => void this.answer(request, response));
    this.server = server;
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.provider = new Provider(this.issuer, {
      clients: [{ client_id: 'shuzheng', client_secret: 'only-in-tests', redirect_uris: [redirectUri] }],
      cookies: { keys: ['only-in-tests'] },
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      claims: { openid: ['sub', 'amr'] },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
      loadExistingGrant: async (context) => {
        const { client, session } = context.oidc;
        const grant = new context.oidc.provider.Grant({
          ...(client ? { clientId: client.clientId } : {}),
          ...(session?.accountId ? { accountId: session.accountId } : {}),
        });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    if (request.url?.startsWith('/interaction/'))
      await this.provider?.interactionFinished(request, response, {
        login: { accountId: this.subject, amr: [...this.methods] },
      });
    else await this.provider?.callback()(request, response);
  }

  /** What a browser does with the address: it follows every redirect until it is sent back. */
  async visit(url: string, redirectUri: string): Promise<string> {
    const cookies = new Map<string, string>();
    for (let next = url, i = 0; i < 10; i++) {
      if (next.startsWith(redirectUri)) return next.slice(redirectUri.length);
      const carried = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(next, { redirect: 'manual', headers: { cookie: carried } });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      next = new URL(answer.headers.get('location') ?? '', next).href;
    }
    throw new Error('the provider sends in circles');
  }

  async stop() {
    await new Promise((closed) => this.server?.close(closed));
  }
}
