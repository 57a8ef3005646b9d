import { broken, type Rules } from '@shuzheng/platform/rules';

/** The days of a national reply. */
export interface ReplyDays {
  readonly sentOn: string;
  readonly approvedOn: string;
  readonly receivedOn: string;
  readonly today: string;
  /** Has the reply to this package been recorded? */
  readonly recorded: boolean;
}

const rules = {
  'reply-recorded': ({ recorded }) => recorded,
  'approved-before-sent': ({ approvedOn, sentOn }) => approvedOn < sentOn,
  'approved-in-future': ({ approvedOn, receivedOn, today }) => approvedOn > receivedOn || approvedOn > today,
  'received-in-future': ({ receivedOn, today }) => receivedOn > today,
} satisfies Rules<ReplyDays>;

export const reasonsNotToRecord = (days: ReplyDays) => broken(rules, days);

/** One line of the reply as it stands in the file. */
export interface ReplyLine {
  /** As the spreadsheet counts. */
  readonly row: number;
  readonly registryRow: string;
  readonly decision: string;
  readonly approvedOn: string;
  readonly opinion: string;
}

export interface ReplyFault {
  readonly row?: number;
  readonly column?: string;
  readonly reference?: string;
  readonly rule: string;
}

/**
 * Checks a reply line by line against the rows of its package. A reply in part is no reply: what is missing would
 * wait for an approval that nobody can date.
 */
export function faultsOfReply(
  lines: readonly ReplyLine[],
  sent: ReadonlySet<string>,
  approvedOn: string,
): ReplyFault[] {
  const first = new Map<string, ReplyLine>();
  const faults = lines.flatMap((line) => {
    const before = first.get(line.registryRow);
    if (!before) first.set(line.registryRow, line);
    return faultsOfLine(line, sent.has(line.registryRow), before, approvedOn);
  });
  const missing = [...sent].filter((registryRow) => !first.has(registryRow));
  return [...faults, ...missing.map((reference) => ({ reference, rule: 'reply-row-missing' }))];
}

function faultsOfLine(line: ReplyLine, known: boolean, before: ReplyLine | undefined, approvedOn: string) {
  const { row, decision } = line;
  const fault = (rule: string, column: string): ReplyFault => ({ row, column, rule });
  const dated = line.approvedOn !== '';
  return [
    ...(known ? [] : [fault('reply-row-unknown', '登记行号')]),
    ...(before && before.decision === decision ? [fault('reply-row-repeated', '登记行号')] : []),
    ...(before && before.decision !== decision ? [fault('reply-row-contradictory', '审核结果')] : []),
    ...(decision === '通过' || decision === '退回' ? [] : [fault('reply-decision-unknown', '审核结果')]),
    ...(decision === '退回' && dated ? [fault('reply-row-contradictory', '审核通过日期')] : []),
    ...(decision === '通过' && dated && line.approvedOn !== approvedOn
      ? [fault('reply-date-differs', '审核通过日期')]
      : []),
  ];
}
