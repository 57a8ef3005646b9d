import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf, isRefusal } from './caller.js';
import { newName } from './names.js';
import type { Registry } from './registry.js';

const services = ['identity', 'enrollment', 'assessment', 'certification', 'oversight'];

/** Asking again would not help: the probe itself is wrong. */
class ProbeRefused extends Error {}

/**
 * How long from `back` until everything works again: everybody is ready, somebody can sign in, and an organisation that is
 * registered now is known to each service that hears of organisations.
 */
export async function recovered(registry: Registry, back: number, ms = 60_000): Promise<number> {
  const end = Date.now() + ms;
  const until = async (done: () => Promise<boolean | string>, what: string) => {
    for (let last: unknown; ; await pause(50)) {
      last = await done().catch((error: unknown) => {
        if (error instanceof ProbeRefused) throw error;
        return String(error);
      });
      if (last === true) return;
      if (Date.now() > end) throw new Error(`after ${ms} ms still not: ${what} (${String(last)})`);
    }
  };
  await until(async () => (await fetch(`${registry.url}/health/ready`)).ok, 'all parts are ready');
  await until(async () => (await registry.callers.signIn('demo-hr-officer')).status === 201, 'somebody signs in');
  const key = `probe-${randomUUID()}`;
  const body = { name: newName('演练探针 '), creditCode: null, cityCode: '370100', role: 'training-institution' };
  let id = '';
  await until(async () => {
    const reply = await registry.callers.call({ as: 'demo-hr-officer', path: 'institutions/organisations', body, key });
    id = String(reply.body['organisationId']);
    if (isRefusal(reply)) throw new ProbeRefused(`the probe is refused: ${JSON.stringify(reply.body)}`);
    return reply.status === 201 || `${reply.status} ${codeOf(reply) || reply.reason}`;
  }, 'a write is acknowledged');
  const known = services
    .map((service) => `select 1 from ${service}.known_organisation where id = $1`)
    .join(' union all ');
  await until(async () => (await registry.query(known, [id])).length === services.length, 'all have heard of it');
  return Date.now() - back;
}

export function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
  return `median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${sorted.at(-1) ?? 0} ms`;
}
