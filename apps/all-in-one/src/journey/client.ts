import { setTimeout as pause } from 'node:timers/promises';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** An answer that is not what the journey expected. It names the route and the rules, never what was sent. */
export class UnexpectedAnswer extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    route: string,
  ) {
    super(
      `${route} answered ${status} ${problem.code ?? ''} ${(problem.reasons ?? []).map(({ code }) => code).join(' ')}`,
    );
  }
}

export interface Problem {
  readonly code?: string;
  readonly reasons?: readonly { readonly code: string; readonly title: string }[];
  readonly rows?: readonly {
    readonly row?: number;
    readonly column?: string;
    readonly cell?: string;
    readonly rule: string;
    readonly advice: string;
  }[];
}

interface Sending {
  readonly key?: string;
  readonly ifMatch?: number;
  readonly query?: Readonly<Record<string, string>>;
}

/** Whoever goes through the journey: signs in, and tries again what is only not yet known. */
export class Client {
  private token: { text: string; until: number } | undefined;

  constructor(
    private readonly base: string,
    private readonly credentials?: { readonly loginName: string; readonly password: string },
  ) {}

  get<T>(path: string, query: Readonly<Record<string, string>> = {}): Promise<T> {
    return this.send<T>('GET', path, undefined, { query });
  }

  post<T>(path: string, body: object | Buffer, options: Sending = {}): Promise<T> {
    return this.send<T>('POST', path, body, options);
  }

  put<T>(path: string, body: object, options: Sending = {}): Promise<T> {
    return this.send<T>('PUT', path, body, options);
  }

  async download(path: string): Promise<Buffer> {
    const response = await this.fetch('GET', path, undefined, {});
    if (!response.ok) throw new UnexpectedAnswer(response.status, await problemOf(response), path);
    return Buffer.from(await response.arrayBuffer());
  }

  private async send<T>(method: string, path: string, body: object | undefined, options: Sending): Promise<T> {
    for (const end = Date.now() + 60_000; ;) {
      const response = await this.fetch(method, path, body, options).catch(() => undefined);
      if (response?.ok) return (await response.json()) as T;
      const problem = response ? await problemOf(response) : { code: 'unreachable' };
      const passing =
        !response || response.status === 503 || ['not-yet-known', 'in-progress'].includes(problem.code ?? '');
      if (!passing || Date.now() > end)
        throw new UnexpectedAnswer(response?.status ?? 0, problem, `${method} ${routeOf(path)}`);
      await pause(250);
    }
  }

  private async fetch(method: string, path: string, body: object | undefined, { key, ifMatch, query = {} }: Sending) {
    const url = new URL(path.startsWith('/') ? path : `/api/v1/${path}`, this.base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const token = this.credentials ? await this.signedIn() : undefined;
    return fetch(url, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': Buffer.isBuffer(body) ? XLSX : 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
        ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
      },
      ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) }),
    });
  }

  private async signedIn() {
    if (this.token && this.token.until > Date.now() + 30_000) return this.token.text;
    const answer = await new Client(this.base).post<{ accessToken: string; expiresAt: string }>(
      'identity/sessions',
      this.credentials ?? {},
    );
    this.token = { text: answer.accessToken, until: new Date(answer.expiresAt).getTime() };
    return this.token.text;
  }
}

/** A path without its ids: what a person may read in a message. */
const routeOf = (path: string) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…');

const problemOf = async (response: Response): Promise<Problem> => {
  const body: unknown = await response.json().catch(() => undefined);
  return typeof body === 'object' && body !== null ? body : {};
};

/** Asks again until the answer is what was waited for. */
export async function until<T>(
  ask: () => Promise<T>,
  done: (answer: T) => boolean,
  what: string,
  ms = 60_000,
): Promise<T> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(200)) {
    const answer = await ask();
    if (done(answer)) return answer;
  }
  throw new Error(`this did not happen in time: ${what}`);
}
