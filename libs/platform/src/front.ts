import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from './config.js';
import type { Database } from './database.js';
import type { Metrics } from './http/health.js';
import { documentOf, merged } from './http/open-api.js';
import { type OutboxAge, outboxAge } from './messaging/outbox-age.js';
import type { RunningService } from './running.js';
import { surface } from './surface.js';

interface Surroundings {
  readonly config: Config;
  readonly metrics: Metrics;
  readonly state: { readonly ready: boolean };
}

/** The one port of a process: requests go to the service the path names, everything else to the common surface. */
export function frontOf(running: readonly RunningService[], { config, metrics, state }: Surroundings) {
  const byName = new Map(running.map((one) => [one.service.name as string, one]));
  const byPage = new Map(
    running.flatMap((one) => (one.service.pages ?? []).map((page) => [page.split('/')[0] ?? '', one] as const)),
  );
  const common = surface({
    profile: config.profile,
    document: async () => merged(running.map(documentOf)),
    ready: () => readiness(running, state.ready),
    metrics: metrics.registry,
  });
  return (request: IncomingMessage, response: ServerResponse) => {
    const [, first = '', version, name = ''] = (request.url ?? '/').split(/[?/]/);
    const service = first === 'api' && version === 'v1' ? byName.get(name) : byPage.get(first);
    // While it stops, a connection is not kept for a next request.
    if (!state.ready) response.setHeader('connection', 'close');
    if (service) service.handle(request, response);
    else void common(request, response);
  };
}

/** Ready means that every service here reaches its database; a broker that is away only delays what others hear. */
async function readiness(running: readonly RunningService[], serving: boolean) {
  const checks = await Promise.all(
    running.map(async ({ service, db, app }) => {
      const [age, impaired] = await Promise.all([
        Promise.race([aged(db), late('away' as const)]),
        Promise.race([service.impaired?.((type) => app.get(type, { strict: false })), late('slow')]),
      ]);
      return {
        service: service.name,
        database: age === 'away' ? 'away' : 'ok',
        ...(age === 'away' ? {} : { messaging: { state: stateOf(age), ...age } }),
        ...(impaired ? { degraded: impaired } : {}),
      };
    }),
  );
  return { ready: serving && checks.every(({ database }) => database === 'ok'), checks };
}

/** Whether others hear of things in time, and whether something waits for an operator. */
function stateOf({ oldestUnsentSeconds, parked }: OutboxAge) {
  if (parked > 0) return 'parked';
  return oldestUnsentSeconds > 5 ? 'delayed' : 'ok';
}

const aged = (db: Database) => outboxAge(db).catch(() => 'away' as const);
const late = <T>(answer: T) => new Promise<T>((resolve) => setTimeout(() => resolve(answer), 2000).unref());
