import type { EntityManager } from 'typeorm';
import { atLast, rows } from '../database.js';
import type { Message } from './broker.js';

/** How far a consumer has come with one aggregate of one producer. */
export interface Cursor {
  readonly sequence: number;
  /** Later events are held. */
  readonly waiting: boolean;
  /** The next event itself is held: it failed, or its time has not come. */
  readonly blocked: boolean;
}

/** Locks the cursors of these events' aggregates, in one order for everybody; new ones start at zero. */
export async function lock(tx: EntityManager, producer: string, messages: readonly Message[]) {
  const aggregates = [...new Set(messages.map(({ aggregate }) => aggregate))].sort();
  const cursors = await lockKnown(tx, producer, aggregates);
  if (cursors.size === aggregates.length) return cursors;
  const unknown = aggregates.filter((aggregate) => !cursors.has(aggregate));
  const made = await rows<{ aggregate: string }>(tx, created, [producer, unknown]);
  // Somebody else has made one of them meanwhile, and may have come further with it.
  if (made.length < unknown.length) return lockKnown(tx, producer, aggregates);
  for (const { aggregate } of made) cursors.set(aggregate, { sequence: 0, waiting: false, blocked: false });
  return cursors;
}

async function lockKnown(tx: EntityManager, producer: string, aggregates: readonly string[]) {
  const [found] = await rows<{ cursors: string | null }>(tx, locked, [producer, aggregates]);
  return new Map(found?.cursors?.split('\x1e').map(unpack));
}

/** As one text: hundreds of rows of columns cost this process several times as much to read. */
const locked = `
  select string_agg(aggregate || e'\\x1f' || sequence || e'\\x1f' || waiting || e'\\x1f' || blocked, e'\\x1e') as cursors
  from (
    select aggregate, sequence, retry_at is not null as waiting, blocked_at is not null as blocked
    from cursor where producer = $1 and aggregate = any($2::text[])
    order by aggregate for update
  ) as locked`;

function unpack(row: string): [aggregate: string, Cursor] {
  const [aggregate = '', sequence, waiting, blocked] = row.split('\x1f');
  return [aggregate, { sequence: Number(sequence), waiting: waiting === 'true', blocked: blocked === 'true' }];
}

const created = `
  insert into cursor (producer, aggregate) select $1, * from unnest($2::text[]) on conflict do nothing returning aggregate`;

/**
 * Whose turn it is. A repeat is dropped; what is not next in its aggregate is early, whatever the reason:
 * an event is missing, or the one before it failed. `again` lets through what is blocked.
 */
export function inTurn(messages: readonly Message[], cursors: ReadonlyMap<string, Cursor>, again: boolean) {
  const next: Message[] = [];
  const early: Message[] = [];
  const reached = new Map<string, number>();
  for (const message of messages) {
    const cursor = cursors.get(message.aggregate);
    const last = reached.get(message.aggregate) ?? cursor?.sequence ?? NaN;
    if (message.sequence <= last) continue;
    if (message.sequence === last + 1 && (again || !cursor?.blocked)) {
      next.push(message);
      reached.set(message.aggregate, message.sequence);
    } else early.push(message);
  }
  return { next, early, reached };
}

export function advance(tx: EntityManager, producer: string, reached: ReadonlyMap<string, number>) {
  if (reached.size === 0) return;
  atLast(
    tx,
    `update cursor set sequence = reached.sequence
     from unnest($2::text[], $3::bigint[]) as reached (aggregate, sequence)
     where producer = $1 and cursor.aggregate = reached.aggregate`,
    [producer, [...reached.keys()], [...reached.values()]],
  );
}
