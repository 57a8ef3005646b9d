import { Invalid, Refused, type RowFault } from '@shuzheng/platform';
import { columnLetter, type ReadRow, readWorkbook, resultTemplate, WorkbookRefused } from '@shuzheng/workbooks';
import type { HandedIn } from '../domain/marking.js';
import { reasons } from '../domain/reasons.js';

export interface ResultRow extends HandedIn {
  readonly row: number;
  readonly admissionNumber: string;
  readonly name: string;
}

/** Reads a result workbook. It holds no transaction: unpacking takes its time. */
export async function readResults(bytes: unknown): Promise<{ rows: ResultRow[]; faults: RowFault[] }> {
  if (!Buffer.isBuffer(bytes)) throw new Invalid([{ field: 'body', check: 'isWorkbook' }]);
  try {
    const { rows, faults } = await readWorkbook(bytes, resultTemplate);
    const unread = new Set(faults.map(({ row }) => row));
    const whole = rows.filter(({ row }) => !unread.has(row));
    return { rows: whole.map(resultRow), faults: [...faults, ...whole.flatMap(flagFaults)] };
  } catch (error) {
    if (!(error instanceof WorkbookRefused)) throw error;
    throw new Refused([error.code], [{ rule: error.code, advice: error.advice }]);
  }
}

/** Where a column's cell stands, as the spreadsheet counts. */
export function cellOf(key: string, row: number) {
  const index = resultTemplate.columns.findIndex((column) => column.key === key);
  return { row, column: resultTemplate.columns[index]?.header ?? key, cell: `${columnLetter(index)}${row}` };
}

const resultRow = ({ row, cells }: ReadRow): ResultRow => ({
  row,
  admissionNumber: (cells['admissionNumber'] ?? '').normalize('NFKC').toUpperCase(),
  name: cells['name'] ?? '',
  theory: cells['theory'],
  ability: cells['ability'],
  absent: cells['absent'] === '是',
  violation: cells['misconduct'] === '是',
});

const flagFaults = ({ row, cells }: ReadRow): RowFault[] =>
  ['absent', 'misconduct']
    .filter((key) => !['', '是', '否'].includes(cells[key] ?? ''))
    .map((key) => ({ ...cellOf(key, row), rule: 'flag-unknown', advice: reasons['flag-unknown'].advice }));
