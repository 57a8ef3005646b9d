import type { Database } from '../database.js';
import type { Parcel } from './broker.js';
import type { Lease } from './leases.js';

export interface Unsent extends Parcel {
  readonly position: string;
}

/** A batch stops growing at this weight, so that a few large events fit into one request of any transport. */
const BATCH_BYTES = 500_000;

/** What a service has still to send to one destination. */
export class UnsentEvents {
  constructor(
    private readonly db: Database,
    private readonly destination: string,
    private readonly size: number,
  ) {}

  /** The oldest ones that are not in hand. Never "what is newer than the last": positions commit out of order. */
  async read(leases: readonly Lease[], inHand: readonly Unsent[]): Promise<Unsent[]> {
    const { rows } = await this.db.query<{ batch: string | null }>(oldest, [
      this.destination,
      leases.map(({ shard }) => shard),
      positions(inHand),
      this.size,
      BATCH_BYTES,
    ]);
    return rows[0]?.batch?.split('\x1e').map(unpack) ?? [];
  }

  /**
   * Who has lost a lease may have sent the batch, but cannot strike it off: the next owner sends it again. So would
   * this one after a power cut; the strike itself therefore waits for no disk.
   */
  async strike(leases: readonly Lease[], batch: readonly Unsent[]) {
    const { rowCount } = await this.db.query(strike, [
      this.destination,
      leases.map(({ shard }) => shard),
      leases.map(({ fence }) => fence),
      positions(batch),
    ]);
    if (rowCount !== batch.length) throw new LeaseLost();
  }

  /** Struck-off entries stay at the head of the index, where every read begins, until a vacuum takes them away. */
  tidy() {
    return this.db.query('vacuum unsent');
  }
}

export class LeaseLost extends Error {
  readonly code = 'lease-lost';
}

/** One text for the driver, which would escape an array element by element. */
const positions = (batch: readonly Unsent[]) => `{${batch.map(({ position }) => position).join()}}`;

/**
 * A batch comes as one text: a thousand rows of columns cost this process three times as much to read. PostgreSQL
 * joins with || in two thirds of the time that concat takes; nothing here can be null. Given the positions as an array
 * it walks the log's index once, in the months between the times, instead of descending into it for each.
 */
const oldest = `
  with next as materialized (
    select position, time
    from (
      select position, time, sum(bytes) over (order by position) - bytes as before
      from (
        select position, time, bytes from unsent
        where destination = $1 and shard = any($2::smallint[]) and position not in (select unnest($3::bigint[]))
        order by position limit $4
      ) as oldest
    ) as oldest
    where before < $5
  )
  select string_agg(position || e'\\x1f' || shard || e'\\x1f' || aggregate || e'\\x1f{"id":"' || id || '","type":"' || type
    || '","aggregate":' || to_json(aggregate) || ',"sequence":' || sequence || ',"time":' || to_json(time)
    || ',"origin":' || origin || ',"data":' || data || '}', e'\\x1e') as batch
  from (
    select * from event
    where position = any(array(select position from next))
      and time between (select min(time) from next) and (select max(time) from next)
    order by position
  ) as batch`;

/** JSON and aggregates have no bare control characters, so they can part the fields and the rows. */
function unpack(row: string): Unsent {
  const [position = '', shard, aggregate = '', envelope = ''] = row.split('\x1f');
  return { position, shard: Number(shard), aggregate, envelope };
}

const strike = `
  with mine as (
    select shard from lease
    where destination = $1 and (shard, fence) in (select * from unnest($2::smallint[], $3::bigint[]))
    order by shard
    for share
  ), unhurried as (
    select set_config('synchronous_commit', 'off', true)
  )
  delete from unsent using unhurried
  where destination = $1 and shard = any(array(select shard from mine)) and position = any($4::bigint[])`;
