import { broken, type Rules } from '@shuzheng/platform/rules';
import { isDay } from '@shuzheng/regulation';

/** The days of a national reply. */
export interface ReplyDays {
  readonly sentOn: string;
  readonly approvedOn: string;
  readonly receivedOn: string;
  readonly today: string;
}

const rules = {
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

/** Between which days a row can have been approved. */
export interface ReplySpan {
  readonly sentOn: string;
  readonly receivedOn: string;
}

/**
 * Checks a reply line by line against the rows of its package. A reply in part is no reply: what is missing would
 * wait for an approval that nobody can date. A row's own approval day goes before the one of the whole reply.
 */
export function faultsOfReply(lines: readonly ReplyLine[], sent: ReadonlySet<string>, span: ReplySpan): ReplyFault[] {
  const first = new Map<string, ReplyLine>();
  const faults = lines.flatMap((line) => {
    const before = first.get(line.registryRow);
    if (!before) first.set(line.registryRow, line);
    return faultsOfLine(line, sent.has(line.registryRow), before, span);
  });
  const missing = [...sent].filter((registryRow) => !first.has(registryRow));
  return [...faults, ...missing.map((reference) => ({ reference, rule: 'reply-row-missing' }))];
}

/** Lines that say something else than what is recorded already: what is recorded stays. */
export const contradictions = (
  lines: readonly ReplyLine[],
  recorded: ReadonlyMap<string, { readonly result: 'approved' | 'returned'; readonly approvedOn: string }>,
): ReplyFault[] =>
  lines.flatMap(({ row, registryRow, decision, approvedOn }) => {
    const known = recorded.get(registryRow);
    if (!known) return [];
    const agrees = (decision === '通过') === (known.result === 'approved');
    const dated = decision === '通过' && approvedOn !== '' && approvedOn !== known.approvedOn;
    return agrees && !dated
      ? []
      : [{ row, column: agrees ? '审核通过日期' : '审核结果', rule: 'reply-row-contradicts-recorded' }];
  });

function faultsOfLine(line: ReplyLine, known: boolean, before: ReplyLine | undefined, span: ReplySpan) {
  const { row, decision } = line;
  const fault = (rule: string, column: string): ReplyFault => ({ row, column, rule });
  return [
    ...(known ? [] : [fault('reply-row-unknown', '登记行号')]),
    ...(before && before.decision === decision ? [fault('reply-row-repeated', '登记行号')] : []),
    ...(before && before.decision !== decision ? [fault('reply-row-contradictory', '审核结果')] : []),
    ...(decision === '通过' || decision === '退回' ? [] : [fault('reply-decision-unknown', '审核结果')]),
    ...faultsOfDay(line, span).map((rule) => fault(rule, '审核通过日期')),
  ];
}

function faultsOfDay({ decision, approvedOn }: ReplyLine, { sentOn, receivedOn }: ReplySpan): string[] {
  if (approvedOn === '') return [];
  if (decision === '退回') return ['reply-row-contradictory'];
  if (!isDay(approvedOn)) return ['reply-date-unreal'];
  if (approvedOn < sentOn) return ['approved-before-sent'];
  return approvedOn > receivedOn ? ['approved-in-future'] : [];
}
