import { rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

/** The rule record by which the office says how the clock of a part that comes back runs. */
export const PART_RULE = 'returned-part-clock';

/** Anew from the receipt, or on with what was left. Nothing: the office has not set it, 待核实. */
export type PartMode = 'restart' | 'resume' | null;

export interface DatedMode {
  readonly mode: string | null;
  readonly from: string;
  readonly to: string | null;
  readonly withdrawnOn: string | null;
}

/** Every dated record, the latest first. */
export const partModes = (tx: EntityManager) =>
  rows<DatedMode>(
    tx,
    `select value->>'meaning' as mode, valid_from as "from", valid_to as "to", withdrawn_on as "withdrawnOn"
     from known_rule where rule = $1 and scope = 'programme' order by valid_from desc, rule_id`,
    [PART_RULE],
  );

/** What holds on that day. A record of another kind than these two says nothing. */
export function modeOn(records: readonly DatedMode[], day: string): PartMode {
  const holds = records.find(
    ({ from, to, withdrawnOn }) =>
      from <= day && (to === null || day <= to) && (withdrawnOn === null || day < withdrawnOn),
  );
  return holds?.mode === 'restart' || holds?.mode === 'resume' ? holds.mode : null;
}
