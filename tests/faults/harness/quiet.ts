import { services } from '@shuzheng/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ground } from './registry.js';

export interface Waiting {
  readonly service: string;
  readonly unsent: number;
  readonly held: number;
  readonly parked: number;
  /** Events of others that are not applied here. */
  readonly behind: number;
}

/** What each service has still to send and to apply. Parked aggregates and what is held behind them are counted apart. */
export async function waiting(registry: Ground): Promise<Waiting[]> {
  const heard = await subscriptions(registry);
  return registry.query<Waiting>(
    services
      .map(
        (service) => `
      select '${service}' as service, (select count(*)::int from ${service}.unsent) as unsent,
        (select count(*)::int from ${service}.held) as held,
        (select count(*)::int from ${service}.cursor where parked_at is not null) as parked,
        (select coalesce(sum(behind), 0)::int from (
          ${[
            'select 0 as behind',
            ...heard
              .filter((one) => one.service === service)
              .map(
                ({ producer }) => `
              select count(*) from ${producer}.stream
              left join ${service}.cursor on cursor.producer = '${producer}' and cursor.aggregate = stream.aggregate
              where coalesce(cursor.sequence, 0) <> stream.sequence`,
              ),
          ].join(' union all ')}
        ) as each) as behind`,
      )
      .join(' union all '),
  );
}

interface Subscription {
  readonly service: string;
  readonly producer: string;
}
const known = new WeakMap<Ground, Map<string, Subscription>>();

/** Who hears whom: whoever ever had a cursor for one of a producer's aggregates gets all of them, also after a rebuild. */
export async function subscriptions(registry: Ground): Promise<Subscription[]> {
  const found = known.get(registry) ?? new Map<string, Subscription>();
  known.set(registry, found);
  const rows = await registry.query<Subscription>(
    services
      .map((service) => `select distinct '${service}' as service, producer from ${service}.cursor`)
      .join(' union all '),
  );
  for (const row of rows) found.set(`${row.service}/${row.producer}`, row);
  return [...found.values()];
}

/** Nothing to send, nothing to apply, everybody at the end of what they hear; what is parked stays so. */
export async function quiet(registry: Ground, ms = 120_000): Promise<number> {
  const began = Date.now();
  let left: Waiting[] = [];
  for (const end = began + ms; Date.now() < end; await pause(200)) {
    left = await waiting(registry);
    if (left.every(({ unsent, held, behind }) => unsent + held + behind === 0)) return Date.now() - began;
  }
  const busy = left.filter(({ unsent, held, behind }) => unsent + held + behind > 0);
  throw new Error(`it does not become quiet: ${JSON.stringify(busy)}`);
}
