import { openDepartmentReturn, openNationalReturn } from './national-returns.js';

/** Where the state of a batch is read from: its first step that is not over. `batch` is the table's name. */
const has = (...states: string[]) =>
  `exists (select from batch_row as one where one.batch_id = batch.id and one.state in (${states.map((state) => `'${state}'`).join(', ')}))`;

const whole = `exists (select from batch_part as part where part.batch_id = batch.id and part.received_on is not null)`;

export const stateExpression = `case
  when not ${whole} then 'receiving'
  when ${has('received')} then 'to-propose'
  when ${has('proposed')} then 'to-confirm'
  when ${has('confirmed')} then 'to-send'
  when ${has('sent')} then 'national-review'
  when exists (select from batch_row as row where row.batch_id = batch.id and ${openNationalReturn}) then 'national-return'
  when ${has('approved', 'allocated')} then 'to-issue'
  when exists (select from batch_row as row where row.batch_id = batch.id and ${openDepartmentReturn}) then 'department-return'
  else 'finished' end`;

/** The first approval day of what waits to be issued. */
export const approvedSince = `(select min(approved_on) from batch_row as one join reply_row on reply_row.row_id = one.id
  where one.batch_id = batch.id and one.state in ('approved', 'allocated'))`;

/** How much was noticed: a blocking signal weighs as much as a hundred pieces of advice. */
export const risk = `(select coalesce(sum(case severity when 'blocking' then 100 else 1 end), 0)::int
  from signal where signal.batch_id = batch.id and signal.state = 'open')`;

/** Days left first, then risk: fewer days before more, more risk before less; what waits for nobody here comes last. */
export const queueKey = (openSince: string) =>
  `coalesce(to_char(${openSince}, 'YYYYMMDD'), '99999999') || to_char(9999999 - least(${risk}, 9999999), 'FM0000000')`;

/** What there is to do, as counts of rows; what signals and samples say is the department's alone. */
export const workCounts = `(select json_build_object(
    'clean', count(*) filter (where undecided and not flagged and not held),
    'flagged', count(*) filter (where undecided and flagged),
    'returned', count(*) filter (where state in ('returned', 'nationally-returned')),
    'withheld', count(*) filter (where state = 'withheld'),
    'sampled', count(*) filter (where sampled),
    'held', count(*) filter (where undecided and held))
  from (
    select state, state in ('received', 'proposed') as undecided,
      exists (select from signal where signal.row_id = one.id and signal.state = 'open') as flagged,
      exists (select from sample_row where sample_row.row_id = one.id) as sampled,
      exists (select from result_hold as hold where hold.result_id = one.result_id and hold.held) as held
    from batch_row as one where one.batch_id = batch.id
  ) as looked_at)`;
