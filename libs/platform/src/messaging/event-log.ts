import { type Contract, Malformed, parse } from '@shuzheng/contracts';
import type { EntityManager } from 'typeorm';
import { type Actor, actor } from '../actor.js';
import type { Closing } from '../database.js';
import type { Seal } from '../sealing.js';
import { type Origin, shardOf } from './broker.js';
import { isAggregate } from './envelope.js';
import { sealData, sealedIn } from './sealed-fields.js';
import { uuid7 } from './uuid7.js';

/** What one event may weigh. Anything more could be stored but never sent, and would hold up its whole shard. */
const MOST_BYTES = 1_000_000;

interface Saying {
  readonly id: string;
  readonly contract: Contract;
  readonly aggregate: string;
  readonly event: object;
  readonly origin: Origin;
}

const sayings = new WeakMap<EntityManager, Saying[]>();
const written = new WeakSet<EntityManager>();

/** Announces a fact. It leaves the service if, and only if, `tx` commits; until then it waits in memory. */
export function announce<E extends object>(tx: EntityManager, contract: Contract<E>, data: E): void {
  if (written.has(tx)) throw new Error(`${contract.type} was announced after its transaction had ended`);
  const event = parse(contract, data);
  const said = sayings.get(tx) ?? [];
  sayings.set(tx, said);
  said.push({
    id: uuid7(),
    contract: contract as unknown as Contract,
    aggregate: aggregateOf(contract, event),
    event,
    origin: originOf(actor()),
  });
}

function aggregateOf<E extends object>(contract: Contract<E>, event: E): string {
  const aggregate: unknown = event[contract.aggregate];
  if (isAggregate(aggregate)) return aggregate;
  throw new Malformed(contract.type, [{ field: contract.aggregate, check: 'isAggregate' }]);
}

function originOf({ reach, accountId, organisationId, causationId, correlationId, traceparent }: Actor): Origin {
  return {
    actor: accountId ?? reach,
    ...(organisationId ? { organisation: organisationId } : {}),
    ...(causationId ? { causation: causationId } : {}),
    ...(correlationId ? { correlation: correlationId } : {}),
    ...(traceparent ? { traceparent } : {}),
  };
}

/** Writes what was announced as the last thing before the commit, and wakes the relays after it. */
export class EventLog implements Closing {
  private readonly fresh = new WeakSet<EntityManager>();

  constructor(
    private readonly seal: Seal | undefined,
    private readonly wake: () => void,
  ) {}

  /**
   * Rows of `stream` are locked in one order by everybody, so writers queue and cannot deadlock, and an aggregate's
   * events commit in the order of their sequence.
   */
  last(tx: EntityManager) {
    const said = sayings.get(tx);
    written.add(tx);
    if (!said) return undefined;
    sayings.delete(tx);
    const { aggregates, counts, nth } = numbered(said.map(({ aggregate }) => aggregate));
    const values = [
      aggregates,
      counts,
      said.map(({ id }) => id),
      said.map(({ aggregate }) => shardOf(aggregate)),
      said.map(({ aggregate }) => aggregate),
      nth,
      said.map(({ contract }) => contract.type),
      said.map((saying) => this.textOf(saying)),
      said.map(({ origin }) => JSON.stringify(origin)),
    ];
    this.fresh.add(tx);
    return { text: write, values };
  }

  after(tx: EntityManager) {
    if (this.fresh.delete(tx)) this.wake();
  }

  /** The data as text, sealed where the contract says so. */
  private textOf({ id, contract, event }: Saying): string {
    if (sealedIn(contract) && !this.seal) throw new Error(`${contract.type} has sealed fields and this service no key`);
    const text = JSON.stringify(this.seal ? sealData(this.seal, contract, id, event) : event);
    if (Buffer.byteLength(text) <= MOST_BYTES) return text;
    throw new Malformed(contract.type, [{ field: '', check: 'maxBytes' }]);
  }
}

/** Each aggregate with how often it occurs, in one order for everybody, and the number of each occurrence. */
function numbered(occurrences: readonly string[]) {
  const count = new Map<string, number>();
  const nth = occurrences.map((aggregate) => {
    const n = (count.get(aggregate) ?? 0) + 1;
    count.set(aggregate, n);
    return n;
  });
  const aggregates = [...count.keys()].sort();
  return { aggregates, counts: aggregates.map((aggregate) => count.get(aggregate)), nth };
}

const write = `
  with counted as (
    insert into stream (aggregate, sequence)
    select * from unnest($1::text[], $2::bigint[])
    on conflict (aggregate) do update set sequence = stream.sequence + excluded.sequence
    returning new.aggregate, coalesce(old.sequence, 0) as before
  ), logged as (
    insert into event (id, shard, aggregate, sequence, type, data, origin)
    select id, shard, aggregate, before + nth, type, data, origin
    from unnest($3::uuid[], $4::smallint[], $5::text[], $6::int[], $7::text[], $8::json[], $9::json[])
      with ordinality as said (id, shard, aggregate, nth, type, data, origin, said)
    join counted using (aggregate)
    order by said
    returning position, shard, time, octet_length(data::text) as bytes
  )
  insert into unsent (destination, position, shard, bytes, time)
  select destination, position, shard, bytes, time
  from logged join lease using (shard)`;
