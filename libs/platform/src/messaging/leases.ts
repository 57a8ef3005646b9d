import { type Database, sql } from '../database.js';
import { SHARDS } from './broker.js';

/** The right to send one shard. The fence grows with every change of owner, so an old right can be told from the new. */
export interface Lease {
  readonly shard: number;
  readonly fence: string;
}

/** Opens a destination: from now on every announced event is also queued for it. */
export const register = (db: Database, destination: string) =>
  db.transaction((tx) =>
    sql(
      tx,
      'insert into lease (destination, shard) select $1, * from generate_series(0, $2::int - 1) on conflict do nothing',
      [destination, SHARDS],
    ),
  );

/**
 * One relay's part of a destination's shards. All relays that are alive count each other and share evenly. Who locks
 * several leases locks them in the order of their shards, or a renewal and a strike would wait for each other.
 */
export class Leases {
  constructor(
    private readonly db: Database,
    private readonly destination: string,
    private readonly owner: string,
    private readonly ms: number,
  ) {}

  /** Prolongs what is held and takes what is free, up to the fair part; what is held beyond it is surplus. */
  async renew(): Promise<{ kept: Lease[]; surplus: Lease[] }> {
    const { rows } = await this.db.query<Lease & { surplus: boolean }>(renew, [
      this.destination,
      this.owner,
      this.ms,
      SHARDS,
    ]);
    const leases = (surplus: boolean) =>
      rows.filter((row) => row.surplus === surplus).map(({ shard, fence }) => ({ shard, fence }));
    return { kept: leases(false), surplus: leases(true) };
  }

  /** Gives shards back at once, or all of them. */
  release(leases?: readonly Lease[]) {
    return this.db.query(
      `with own as (
         select shard from lease
         where destination = $1 and owner = $2 and ($3::smallint[] is null or shard = any($3))
         order by shard for no key update
       )
       update lease set owner = null, until = '-infinity'
       from own where destination = $1 and lease.shard = own.shard`,
      [this.destination, this.owner, leases?.map(({ shard }) => shard) ?? null],
    );
  }

  /** Gives everything back and no longer counts as alive. */
  async leave() {
    await this.release();
    await this.db.query('delete from relay where destination = $1 and owner = $2', [this.destination, this.owner]);
  }
}

const renew = `
  with beat as (
    insert into relay (destination, owner, until) values ($1, $2, now() + $3 * interval '1 ms')
    on conflict (destination, owner) do update set until = excluded.until
  ), gone as (
    delete from relay where destination = $1 and owner <> $2 and until < now() - interval '1 hour'
  ), alive as (
    select owner from relay where destination = $1 and until > now() and owner <> $2 union all select $2
  ), part as (
    select $4::int / count(*) + (count(*) filter (where owner < $2) < $4::int % count(*))::int as size from alive
  ), own as (
    select shard from lease where destination = $1 and owner = $2 order by shard for no key update
  ), mine as (
    update lease set until = now() + $3 * interval '1 ms'
    from own where destination = $1 and lease.shard = own.shard
    returning lease.shard, fence
  ), free as (
    select shard from lease
    where destination = $1 and owner is distinct from $2 and until < now()
    order by shard
    limit greatest((select size from part) - (select count(*) from mine), 0)
    for update skip locked
  ), taken as (
    update lease set owner = $2, fence = fence + 1, until = now() + $3 * interval '1 ms'
    from free where destination = $1 and lease.shard = free.shard
    returning lease.shard, fence
  ), held as (
    select * from mine union all select * from taken
  )
  select shard, fence, row_number() over (order by shard) > (select size from part) as surplus from held order by shard`;
