import { Int, Text } from '@shuzheng/contracts';
import { Refused, type RowFault } from '@shuzheng/platform';
import { columnLetter, rosterTemplate } from '@shuzheng/workbooks';
import type { LearnerFault, LearnerField, LearnerRow } from '../domain/checking-rows.js';
import { rowReasons, rowWarnings } from '../domain/row-reasons.js';

/** Learners on their way in, and how to say where a fault of theirs stands. */
export interface Incoming {
  readonly rows: readonly LearnerRow[];
  /** What reading them has already found. */
  readonly faults: readonly RowFault[];
  readonly tell: (fault: LearnerFault) => RowFault;
}

const texts = { ...rowReasons, ...rowWarnings };
const adviceOf = ({ rule, repeats }: LearnerFault, rowOf: (index: number) => number) => {
  const { title, advice } = texts[rule as keyof typeof texts];
  return repeats === undefined ? `${title}。${advice}` : `与第 ${rowOf(repeats)} 行是同一人。${advice}`;
};

/** A row that is taken, with what its institution should look at again. */
export class RowWarning implements RowFault {
  @Int(1, 1000, { optional: true, description: '行号；表头为第 1 行，接口录入时为第几名' }) readonly row?: number;
  @Text(1, 60, { optional: true }) readonly column?: string;
  @Text(1, 10, { optional: true }) readonly cell?: string;
  @Text(1, 60, { optional: true, description: '调用方自己的编号' }) readonly reference?: string;
  @Text(1, 60) readonly rule!: string;
  @Text(1, 200) readonly advice!: string;
}

/** From the interface: the caller's reference, the place in the list counted from 1, and the name of the field. */
export const fromList = (rows: readonly LearnerRow[]): Incoming => ({
  rows,
  faults: [],
  tell: (fault) => {
    const { index, field, rule } = fault;
    const reference = rows[index]?.reference.trim();
    return {
      ...(reference ? { reference } : {}),
      row: index + 1,
      column: field,
      rule,
      advice: adviceOf(fault, (i) => i + 1),
    };
  },
});

const keys: Partial<Record<LearnerField, string>> = { employer: 'workplace', category: 'personKind' };
/** Under which key the workbook has a field. */
export const columnKeyOf = (field: LearnerField) => keys[field] ?? field;

/** From a workbook: the row as the spreadsheet counts, the column's header and the cell. */
export const fromSheet = (
  rows: readonly LearnerRow[],
  places: readonly number[],
  faults: readonly RowFault[],
): Incoming => ({
  rows,
  faults,
  tell: (fault) => {
    const column = rosterTemplate.columns.findIndex(({ key }) => key === columnKeyOf(fault.field));
    const rowOf = (index: number) => places[index] ?? 0;
    const row = rowOf(fault.index);
    return {
      row,
      column: rosterTemplate.columns[column]?.header ?? fault.field,
      cell: `${columnLetter(column)}${row}`,
      rule: fault.rule,
      advice: adviceOf(fault, rowOf),
    };
  },
});

/** Refuses with every fault of every row, and with what is wrong besides. A cell that could not be read is told as that and as nothing else. */
export function refuseRows(
  { faults, tell }: Incoming,
  found: readonly LearnerFault[],
  also: readonly string[] = [],
): void {
  const unread = new Set(faults.map(({ cell }) => cell));
  const more = found.map(tell).filter(({ cell }) => cell === undefined || !unread.has(cell));
  const all = [...faults, ...more].sort(byPlace);
  const wrong = all.length > 0 ? ['roster-rows-wrong', ...new Set(all.map(({ rule }) => rule))] : [];
  if (wrong.length + also.length > 0) throw new Refused([...wrong, ...also], all);
}

/** As one reads: row by row, and in a row from left to right. */
const byPlace = (a: RowFault, b: RowFault) => (a.row ?? 0) - (b.row ?? 0) || (a.cell ?? '').localeCompare(b.cell ?? '');
