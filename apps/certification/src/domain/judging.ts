import { broken, type Rules } from '@shuzheng/platform/rules';
import { isReturnReason } from './return-reasons.js';
import type { RowState } from './row-states.js';

/** What somebody says about one row, as a proposal or as the decision. */
export interface Judgment {
  readonly rowId: string;
  readonly verdict: 'confirm' | 'return';
  readonly reasons: readonly string[];
}

/** A row as it stands when it is judged. */
export interface JudgedRow {
  readonly state: RowState;
  /** Is the whole part it came with here? */
  readonly received: boolean;
  readonly proposedBy: string | null;
  /** Does an objection stand against its result? */
  readonly held: boolean;
  /** Is there a blocking signal that nobody has dismissed? */
  readonly signalOpen?: boolean;
}

interface Judging {
  readonly judgment: Judgment;
  readonly row: JudgedRow | undefined;
  readonly by: string | undefined;
  readonly repeated: boolean;
}

const shared = {
  'row-unknown': ({ row }) => row === undefined,
  'row-repeated': ({ repeated }) => repeated,
  'row-decided': ({ row }) => row !== undefined && row.state !== 'received' && row.state !== 'proposed',
  'part-incomplete': ({ row }) => row !== undefined && !row.received,
  'reason-missing': ({ judgment }) => judgment.verdict === 'return' && judgment.reasons.length === 0,
  'reason-unknown': ({ judgment }) => judgment.verdict === 'return' && !judgment.reasons.every(isReturnReason),
} satisfies Rules<Judging>;

const deciding = {
  ...shared,
  'not-proposed': ({ row }: Judging) => row?.state === 'received',
  'result-held': ({ judgment, row }: Judging) => judgment.verdict === 'confirm' && row?.held === true,
  'signal-open': ({ judgment, row }: Judging) => judgment.verdict === 'confirm' && row?.signalOpen === true,
  'same-person': ({ row, by }: Judging) => row?.state === 'proposed' && row.proposedBy === by,
} satisfies Rules<Judging>;

export interface JudgingFault {
  /** The row's id, as the caller gave it. */
  readonly reference: string;
  readonly rule: string;
}

type Known = ReadonlyMap<string, JudgedRow>;

/** Every rule that every proposal breaks. */
export const faultsOfProposals = (judgments: readonly Judgment[], rows: Known) =>
  faults(shared, judgments, rows, undefined);

/** Every rule that every decision breaks; `by` is whoever decides. */
export const faultsOfDecisions = (judgments: readonly Judgment[], rows: Known, by: string | undefined) =>
  faults(deciding, judgments, rows, by);

function faults(
  rules: Rules<Judging>,
  judgments: readonly Judgment[],
  rows: Known,
  by: string | undefined,
): JudgingFault[] {
  const seen = new Set<string>();
  return judgments.flatMap((judgment) => {
    const { rowId } = judgment;
    const repeated = seen.has(rowId);
    seen.add(rowId);
    return broken(rules, { judgment, row: rows.get(rowId), by, repeated }).map((rule) => ({ reference: rowId, rule }));
  });
}
