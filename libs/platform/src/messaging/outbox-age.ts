import type { Database } from '../database.js';

export interface OutboxAge {
  /** How long the oldest event has been waiting to be sent. */
  readonly oldestUnsentSeconds: number;
  readonly unsent: number;
  /** Aggregates that wait for an operator. */
  readonly parked: number;
  /** Events that wait behind another one, or for their time. */
  readonly held: number;
}

/** How the messaging of one service is doing, for its metrics. */
export async function outboxAge(db: Database): Promise<OutboxAge> {
  const { rows } = await db.query<OutboxAge>(
    `select coalesce(extract(epoch from clock_timestamp() - min(time)), 0)::float as "oldestUnsentSeconds",
       count(*)::int as unsent,
       (select count(*)::int from cursor where parked_at is not null) as parked,
       (select count(*)::int from held) as held
     from unsent`,
  );
  return rows[0] ?? { oldestUnsentSeconds: 0, unsent: 0, parked: 0, held: 0 };
}
