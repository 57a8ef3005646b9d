/**
 * What every service keeps to speak and to listen. Runs once, as the owner, in the service's own schema.
 * The runtime role gets insert and select on `event`, everything on the rest, and MAINTAIN on `unsent`.
 */
export const messagingSchema = `
  -- Producer: the history of each aggregate, and what of it has still to be sent where.
  create table stream (
    aggregate text   primary key,
    sequence  bigint not null
  ) with (fillfactor = 70);
  comment on table stream is 'internal | the last sequence of each aggregate; its lock orders commits';

  -- Inserted, never updated: the registry's history. Uniqueness across months is held by the row in stream.
  create table event (
    position  bigint      generated always as identity,
    id        uuid        not null,
    shard     smallint    not null,
    aggregate text        not null,
    sequence  bigint      not null,
    type      text        not null,
    time      timestamptz not null default clock_timestamp(),
    data      json        not null,
    origin    json        not null,
    primary key (position, time),
    unique (aggregate, sequence, time)
  ) partition by range (time);
  comment on table event is 'sealed | everything this service ever announced; personal text is sealed';
  -- Where an event goes whose month nobody has prepared, so that nothing is ever lost.
  create table event_rest partition of event default;

  -- One row for each destination and shard: it says that the shard's events go there, and who may send them now.
  create table lease (
    destination text        not null,
    shard       smallint    not null,
    owner       text,
    fence       bigint      not null default 0,
    until       timestamptz not null default '-infinity',
    primary key (destination, shard)
  );
  comment on table lease is 'internal | which relay may send which shard';

  -- The relays that are alive, so that each takes its fair part of the shards and no more.
  create table relay (
    destination text        not null,
    owner       text        not null,
    until       timestamptz not null,
    primary key (destination, owner)
  );
  comment on table relay is 'internal | which relays are alive';

  create table unsent (
    destination text        not null,
    position    bigint      not null,
    shard       smallint    not null,
    bytes       int         not null,
    time        timestamptz not null,
    primary key (destination, position)
  );
  comment on table unsent is 'internal | which events have still to be sent where';

  -- Consumer: how far each aggregate has been applied, and what cannot be applied yet.
  create table cursor (
    producer   text     not null,
    aggregate  text     not null,
    sequence   bigint   not null default 0,
    failures   smallint not null default 0,
    error      text,
    retry_at   timestamptz,              -- null: nothing is held; infinity: held, but not for the timer
    blocked_at timestamptz,              -- since when the next event itself cannot be applied
    parked_at  timestamptz,
    primary key (producer, aggregate)
  ) with (fillfactor = 70);
  comment on table cursor is 'internal | how far each aggregate of each producer has been applied';
  create index cursor_due on cursor (retry_at) where retry_at < 'infinity';
  create index cursor_parked on cursor (parked_at) where parked_at is not null;

  create table held (
    producer  text        not null,
    aggregate text        not null,
    sequence  bigint      not null,
    message   json        not null,
    held_at   timestamptz not null default clock_timestamp(),
    primary key (producer, aggregate, sequence)
  );
  comment on table held is 'sealed | events whose turn it is not, as they came';

  -- What came over a topic and is no event: kept with its bytes, because its offset is passed over.
  create table unreadable (
    topic      text        not null,
    partition  int         not null,
    "offset"   bigint      not null,
    bytes      bytea,
    came_at    timestamptz not null default clock_timestamp(),
    primary key (topic, partition, "offset")
  );
  comment on table unreadable is 'personal | messages that are no events, for an operator to look at';

  -- Makes the partitions of a month and of those after it, and moves into them what had to wait in the rest.
  -- It runs as its owner, so that the service itself can prepare the months it lives to see.
  create function partitions(first date, months int) returns void
    language plpgsql security definer set lock_timeout = '2s' as $$
  declare
    name text;
    since timestamptz;
    until timestamptz;
  begin
    perform pg_advisory_xact_lock(hashtextextended('partitions of ' || current_schema(), 0));
    for nth in 0 .. months loop
      since := (date_trunc('month', first) + nth * interval '1 month') at time zone 'UTC';
      until := (date_trunc('month', first) + (nth + 1) * interval '1 month') at time zone 'UTC';
      name := to_char(since at time zone 'UTC', '"event_"YYYY"_"MM');
      continue when to_regclass(name) is not null;
      execute format('create table %I (like event including defaults including constraints including indexes)', name);
      execute format('with moved as (delete from event_rest where time >= %L and time < %L returning *)
        insert into %I select * from moved', since, until, name);
      execute format('alter table event attach partition %I for values from (%L) to (%L)', name, since, until);
    end loop;
  end $$;
  do $$ begin
    execute format('alter function partitions(date, int) set search_path = %I, pg_temp', current_schema());
  end $$;
  select partitions((clock_timestamp() at time zone 'UTC')::date, 3);`;
