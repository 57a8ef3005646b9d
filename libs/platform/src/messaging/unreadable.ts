import type { Database } from '../database.js';
import { log } from '../log.js';

/** A message that is no event, and where it lay. */
export interface Unreadable {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly bytes: Buffer | null;
}

/** Stores what is no event for an operator, so that its offset may be passed over. */
export const keepUnreadable = (db: Database) => async (bad: Unreadable) => {
  log.error('a message is no event; it is kept for an operator', { destination: bad.topic });
  await db.query(
    `insert into unreadable (topic, partition, "offset", bytes) values ($1, $2, $3, $4) on conflict do nothing`,
    [bad.topic, bad.partition, bad.offset, bad.bytes],
  );
};

/** What was kept, as far as it may be shown: its bytes may hold anything, also what names people. */
export const unreadableMessages = {
  columns: {
    id: `unreadable.topic || '/' || unreadable.partition || '/' || unreadable."offset"`,
    topic: 'unreadable.topic',
    partition: 'unreadable.partition',
    offset: 'unreadable."offset"::text',
    cameAt: 'unreadable.came_at',
    length: 'octet_length(unreadable.bytes)',
    sha256: `encode(sha256(unreadable.bytes), 'hex')`,
  },
  from: 'unreadable',
};
