import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Profile } from './config.js';
import { faultOf, log } from './log.js';
import { docsPage, landingPage } from './pages.js';

export interface SurfaceOptions {
  readonly profile: Profile;
  /** The interface document to show. */
  readonly document: () => Promise<OpenAPIObject>;
  /** Is everything there that a request needs? What is not is named. */
  readonly ready: () => Promise<{ readonly ready: boolean; readonly checks: readonly object[] }>;
  readonly metrics?: { readonly contentType: string; metrics(): Promise<string> };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const assets: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
};
const init = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs' })`;

const safe = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

/** What every address shows besides the services: the landing page, the interface documents, health and metrics. */
export function surface(options: SurfaceOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const asset = assets[path.replace('/api/docs/', '')];
    if (asset && path.startsWith('/api/docs/')) {
      response.writeHead(200, { ...safe, 'content-type': asset });
      createReadStream(join(swagger, path.replace('/api/docs/', ''))).pipe(response);
      return;
    }
    const reading = request.method === 'GET' || request.method === 'HEAD';
    const answer = reading ? await answerTo(path, options).catch(failed) : undefined;
    send(response, answer ?? problem(404, 'not-found', '没有找到，或您无权查看'));
  };
}

async function answerTo(
  path: string,
  { profile, document, ready, metrics }: SurfaceOptions,
): Promise<Answer | undefined> {
  const html = (body: string) => ({ status: 200, type: 'text/html; charset=utf-8', body });
  const json = (body: unknown, status = 200) => ({
    status,
    type: 'application/json; charset=utf-8',
    body: JSON.stringify(body),
  });
  if (path === '/') return html(landingPage({ profile }));
  if (path === '/api/docs') return html(docsPage());
  if (path === '/api/docs/init.js') return { status: 200, type: 'text/javascript', body: init };
  if (path === '/api/openapi.json') return json(await document());
  // Liveness asks nobody: a database that is away must not restart the services.
  if (path === '/health/live') return json({ status: 'live' });
  if (path === '/health/ready') {
    const { ready: all, checks } = await ready();
    return json({ status: statusOf(all, checks), checks }, all ? 200 : 503);
  }
  if (path === '/metrics' && metrics) return { status: 200, type: metrics.contentType, body: await metrics.metrics() };
  return undefined;
}

function statusOf(ready: boolean, checks: readonly object[]) {
  if (!ready) return 'not-ready';
  return checks.some((check) => 'degraded' in check) ? 'degraded' : 'ready';
}

function failed(error: unknown) {
  log.error('a page failed', faultOf(error));
  return problem(500, 'internal', '系统内部出现问题');
}

const problem = (status: number, code: string, title: string): Answer => ({
  status,
  type: 'application/problem+json; charset=utf-8',
  body: JSON.stringify({ type: `/problems/${code}`, title, status, code }),
});

function send(response: ServerResponse, { status, type, body }: Answer) {
  if (response.headersSent) return;
  response.writeHead(status, { ...safe, 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
