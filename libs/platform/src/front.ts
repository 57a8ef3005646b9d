import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createReadStream, existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from './config.js';
import type { Metrics } from './http/health.js';
import { documentOf, merged } from './http/open-api.js';
import type { RunningService } from './running.js';
import { docsPage, landingPage } from './pages.js';

interface Surroundings {
  readonly config: Config;
  readonly metrics: Metrics;
  readonly state: { ready: boolean };
}

const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const assets: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
};

/** The one port: health and metrics, the landing page and the interface documents, and behind them the services. */
export function frontOf(running: readonly RunningService[], around: Surroundings) {
  const byName = new Map(running.map((one) => [one.service.name as string, one]));
  const pages = running.flatMap((one) =>
    (one.service.pages ?? []).map((page) => [`/${page.split('/')[0]}`, one] as const),
  );
  return (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (!around.state.ready) response.setHeader('connection', 'close');
    const [, api, version, name] = path.split('/');
    const service =
      api === 'api' && version === 'v1'
        ? byName.get(name ?? '')
        : pages.find(([page]) => path === page || path.startsWith(`${page}/`))?.[1];
    if (service) return service.handle(request, response);
    own(path, request, response, running, around).catch(() =>
      send(response, 500, 'application/problem+json', problem(500, 'internal', '系统内部出现问题')),
    );
  };
}

async function own(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  running: readonly RunningService[],
  { config, metrics, state }: Surroundings,
) {
  if (request.method !== 'GET' && request.method !== 'HEAD') return notFound(response);
  if (path === '/health/live') return send(response, 200, 'application/json', '{"status":"live"}');
  if (path === '/health/ready') return readiness(response, running, state);
  if (path === '/metrics') return send(response, 200, metrics.registry.contentType, await metrics.registry.metrics());
  if (path === '/') return send(response, 200, 'text/html; charset=utf-8', landingPage(config));
  if (path === '/api/docs') return send(response, 200, 'text/html; charset=utf-8', docsPage());
  if (path === '/api/docs/init.js')
    return send(response, 200, 'text/javascript', `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs' })`);
  if (path === '/api/openapi.json')
    return send(response, 200, 'application/json', JSON.stringify(merged(running.map(documentOf))));
  const asset = path.startsWith('/api/docs/') ? path.slice('/api/docs/'.length) : '';
  const type = assets[asset];
  if (type && existsSync(join(swagger, asset))) {
    response.writeHead(200, { ...safe, 'content-type': type });
    return void createReadStream(join(swagger, asset)).pipe(response);
  }
  return notFound(response);
}

/** Ready means that every service here reaches its database. What is degraded is named. */
async function readiness(response: ServerResponse, running: readonly RunningService[], state: { ready: boolean }) {
  const checks = await Promise.all(
    running.map(async ({ service, db }) => ({
      service: service.name,
      database: await reachable(db.query('select 1')),
    })),
  );
  const ready = state.ready && checks.every(({ database }) => database === 'ok');
  send(
    response,
    ready ? 200 : 503,
    'application/json',
    JSON.stringify({ status: ready ? 'ready' : 'not-ready', checks }),
  );
}

const reachable = (question: Promise<unknown>) =>
  Promise.race([
    question.then(() => 'ok' as const),
    new Promise<'away'>((resolve) => setTimeout(() => resolve('away'), 2000).unref()),
  ]).catch(() => 'away' as const);

const safe = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

function send(response: ServerResponse, status: number, type: string, body: string) {
  if (response.headersSent) return;
  response.writeHead(status, { ...safe, 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

const problem = (status: number, code: string, title: string) =>
  JSON.stringify({ type: `/problems/${code}`, title, status, code });
const notFound = (response: ServerResponse) =>
  send(response, 404, 'application/problem+json; charset=utf-8', problem(404, 'not-found', '没有找到，或您无权查看'));
