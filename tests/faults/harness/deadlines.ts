import { services } from '@shuzheng/contracts';
import type { Query } from './certificates.js';
import { expectNone } from './fault.js';

/**
 * I14: whatever was to happen at a time happened once, and not before its time. A timer's audit row is written with its
 * effect, so that counting the one counts the other; its time is the business clock's, as the timer's own is. A clock that
 * was set back, by at most `back`, while a timer was at work makes it look early.
 */
export async function deadlines(query: Query, back = '0 s') {
  expectNone('I14 timers that did not fire as often as they should', await query(forEach(notOnce)));
  expectNone('I14 timers that fired early', await query(forEach(early), [back]));
  expectNone('I14 reminders that were told too early', await query(told));
}

const forEach = (text: (service: string) => string) => services.map(text).join(' union all ');

const notOnce = (service: string) => `
  select '${service}' as service, kind, key, count(audit) as times
  from ${service}.timer left join ${service}.audit
    on audit.operation = 'timer:' || kind and audit.subject = 'timer:' || key
  group by kind, key, done_at having count(audit) <> (done_at is not null)::int`;

const early = (service: string) => `
  select '${service}' as service, kind, key, run_at::text, at::text
  from ${service}.timer join ${service}.audit
    on audit.operation = 'timer:' || kind and audit.subject = 'timer:' || key
  where at < run_at - $1::interval`;

const told = `
  select clock_id, moment, due_on::text, day::text
  from oversight.digest_item as item join oversight.digest on digest.id = digest_id
  where day < due_on - case moment when 'three-days-left' then 3 when 'one-day-left' then 1 else -1 end`;
