import type { EntityManager } from 'typeorm';
import { atLast } from '../database.js';
import type { Message } from './broker.js';

/** Stores events whose turn it is not, so that the transport may forget them. */
export function hold(tx: EntityManager, producer: string, messages: readonly Message[]) {
  if (messages.length === 0) return;
  atLast(
    tx,
    `with kept as (
       insert into held (producer, aggregate, sequence, message)
       select $1, * from unnest($2::text[], $3::bigint[], $4::json[]) on conflict do nothing
     )
     update cursor set retry_at = 'infinity'
     where producer = $1 and aggregate = any($2::text[]) and retry_at is null`,
    [
      producer,
      messages.map(({ aggregate }) => aggregate),
      messages.map(({ sequence }) => sequence),
      messages.map((message) => JSON.stringify(message)),
    ],
  );
}

/** After progress: forgets the failures and what is no longer held, and calls the timer if the next one is there. */
export function settle(tx: EntityManager, producer: string, aggregates: readonly string[]) {
  if (aggregates.length === 0) return;
  atLast(
    tx,
    `delete from held using cursor
     where cursor.producer = $1 and cursor.aggregate = any($2::text[])
       and held.producer = $1 and held.aggregate = cursor.aggregate and held.sequence <= cursor.sequence`,
    [producer, aggregates],
  );
  atLast(
    tx,
    `update cursor set failures = 0, error = null, blocked_at = null, parked_at = null, retry_at = (
       select case min(held.sequence) when cursor.sequence + 1 then clock_timestamp() else 'infinity' end
       from held where held.producer = $1 and held.aggregate = cursor.aggregate having count(*) > 0
     )
     where producer = $1 and aggregate = any($2::text[])`,
    [producer, aggregates],
  );
}

export interface Failure {
  readonly error: string;
  /** Counts towards parking; what only waits for something else does not. */
  readonly counts: boolean;
  readonly delayMs: number;
}

/**
 * Holds an event back with its error. The timer tries it again, later each time; after five failures, or a day of
 * waiting, nobody does until an operator says so.
 */
export function setAside(tx: EntityManager, producer: string, message: Message, failure: Failure) {
  hold(tx, producer, [message]);
  atLast(tx, aside, [producer, message.aggregate, Number(failure.counts), failure.error, failure.delayMs]);
}

const aside = `
  update cursor set failures = tries.failures, error = $4, blocked_at = coalesce(blocked_at, clock_timestamp()),
    parked_at = case when over then clock_timestamp() end,
    retry_at = case when over then 'infinity' else clock_timestamp()
      + greatest($5 * 2 ^ tries.failures * interval '1 ms', least(waited / 10, interval '1 min')) end
  from (
    select failures, waited, failures >= 5 or waited > interval '24 h' as over
    from (
      select failures + $3 as failures, clock_timestamp() - coalesce(blocked_at, clock_timestamp()) as waited
      from cursor where producer = $1 and aggregate = $2
    ) as now
  ) as tries
  where producer = $1 and aggregate = $2`;
