import { Injectable } from '@nestjs/common';
import { Invalid, Refused, type RowFault } from '@shuzheng/platform';
import { columnLetter, type ReadRow, readWorkbook, WorkbookRefused } from '@shuzheng/workbooks';
import type { DirectoryFault, DirectoryRow } from '../domain/checking-directory-rows.js';
import { reasons } from '../domain/reasons.js';
import { directoryTemplate } from './directory-template.js';

const MOST_ROWS = 1000;

/** A list on its way in. */
export interface DirectoryList {
  readonly rows: readonly DirectoryRow[];
  /** The row in the file of each. */
  readonly places: readonly number[];
  /** What reading them has already found. */
  readonly faults: readonly RowFault[];
}

/** Reads a list of the ministry. It does so before any transaction begins: reading takes long and holds nothing. */
@Injectable()
export class DirectoryReader {
  async read(bytes: unknown): Promise<DirectoryList> {
    if (!Buffer.isBuffer(bytes)) throw new Invalid([{ field: 'body', check: 'isWorkbook' }]);
    const { rows, faults } = await readWorkbook(bytes, directoryTemplate, { maxRows: MOST_ROWS }).catch(refused);
    return { rows: rows.map(rowIn), places: rows.map(({ row }) => row), faults };
  }
}

function refused(error: unknown): never {
  if (!(error instanceof WorkbookRefused)) throw error;
  throw new Refused([error.code], [{ rule: error.code, advice: error.advice }]);
}

const rowIn = ({ cells }: ReadRow): DirectoryRow => ({
  creditCode: cells['creditCode'] ?? '',
  organisationName: cells['organisationName'] ?? '',
  role: cells['role'] ?? '',
  occupationCode: cells['occupationCode'] ?? '',
  occupationName: cells['occupationName'] ?? '',
  direction: cells['direction'] ?? '',
  levels: cells['levels'] ?? '',
  from: cells['from'] ?? '',
  to: cells['to'] ?? '',
});

/** Refuses with every fault of every row. A cell that could not be read is told as that and as nothing else. */
export function refuseRows({ faults, places }: DirectoryList, found: readonly DirectoryFault[]): void {
  const unread = new Set(faults.map(({ cell }) => cell));
  const more = found.map((fault) => told(fault, places)).filter(({ cell }) => !unread.has(cell));
  const all = [...faults, ...more].sort(byPlace);
  if (all.length > 0) throw new Refused(['directory-rows-wrong', ...new Set(all.map(({ rule }) => rule))], all);
}

function told({ index, field, rule, repeats }: DirectoryFault, places: readonly number[]): RowFault {
  const column = directoryTemplate.columns.findIndex(({ key }) => key === field);
  const { title, advice } = reasons[rule as keyof typeof reasons];
  const first = repeats === undefined ? title : `与第 ${places[repeats] ?? 0} 行重复`;
  return {
    row: places[index] ?? 0,
    column: directoryTemplate.columns[column]?.header ?? field,
    cell: `${columnLetter(column)}${places[index] ?? 0}`,
    rule,
    advice: `${first}。${advice}`,
  };
}

/** As one reads: row by row, and in a row from left to right. */
const byPlace = (a: RowFault, b: RowFault) => (a.row ?? 0) - (b.row ?? 0) || (a.cell ?? '').localeCompare(b.cell ?? '');
