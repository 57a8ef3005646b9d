import { DEMO_PASSWORD } from '@shuzheng/all-in-one';
import { XLSX } from '@shuzheng/platform';

/** What came back, or that nothing did. */
export interface Reply {
  /** 0 when the connection broke before there was an answer. */
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
  readonly reason: string;
}

/** What only says: not now. */
const passing = new Set(['in-progress', 'not-yet-known']);

/** An answer that will be the same however often it is asked for. */
export const isRefusal = (reply: Reply) => reply.status >= 400 && reply.status < 500 && !passing.has(codeOf(reply));

export function codeOf({ body }: Reply) {
  const { code = '', reasons } = body as { code?: string; reasons?: readonly { code: string }[] };
  return reasons?.[0]?.code ?? code;
}

export interface Call {
  readonly as: string;
  readonly method?: 'POST' | 'GET';
  readonly path: string;
  readonly body?: object;
  /** Instead of a body: a workbook, written once however often it is sent. */
  readonly workbook?: Promise<Buffer>;
  readonly key?: string;
}

const SESSION_MS = 240_000;

/** The users of the load: they speak to the edge as anybody would, and never try again by themselves. */
export class Callers {
  private readonly sessions = new Map<string, { token: Promise<string>; until: number }>();

  constructor(private readonly url: () => string) {}

  async call({ as, method = 'POST', path, body, workbook, key }: Call, ms = 15_000): Promise<Reply> {
    try {
      const headers = { authorization: `Bearer ${await this.token(as)}` };
      return await this.ask(
        method,
        path,
        (await workbook) ?? body,
        { ...headers, ...(key ? { 'idempotency-key': key } : {}) },
        ms,
      );
    } catch (error) {
      return { status: 0, body: {}, headers: new Headers(), reason: String((error as Error).cause ?? error) };
    }
  }

  /** Signs in anew, which asks the identity service; who is signed in already needs it no more. */
  async signIn(loginName: string): Promise<Reply> {
    return this.ask('POST', 'identity/sessions', { loginName, password: DEMO_PASSWORD }, {}, 15_000);
  }

  private token(loginName: string): Promise<string> {
    const known = this.sessions.get(loginName);
    if (known && known.until > Date.now()) return known.token;
    const token = this.signIn(loginName).then(({ status, body }) => {
      if (status !== 201 && status !== 200) throw new Error(`signing in answered ${status}`);
      return String(body['accessToken']);
    });
    this.sessions.set(loginName, { token, until: Date.now() + SESSION_MS });
    token.catch(() => this.sessions.delete(loginName));
    return token;
  }

  private async ask(method: string, path: string, body: object | undefined, headers: object, ms: number) {
    const response = await fetch(new URL(`/api/v1/${path}`, this.url()), {
      method,
      headers: { ...(body ? { 'content-type': Buffer.isBuffer(body) ? XLSX : 'application/json' } : {}), ...headers },
      ...(body ? { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(ms),
    });
    const text = await response.text();
    return { status: response.status, body: parsed(text), headers: response.headers, reason: '' };
  }
}

function parsed(text: string): Reply['body'] {
  try {
    return JSON.parse(text) as Reply['body'];
  } catch {
    return { text: text.slice(0, 200) };
  }
}
