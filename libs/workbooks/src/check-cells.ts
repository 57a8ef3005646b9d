import { restored } from './neutralize.js';
import type { RawCell, RawRow } from './raw-row.js';
import { type Column, columnLetter, type Template } from './template.js';

export const defaultMaxLength = 200;

const advice = {
  'cell-formula': '单元格是公式，请复制后“选择性粘贴—数值”。',
  'cell-error': '单元格是表格软件的错误值，请重新填写。',
  'cell-reading-aid': '单元格带有拼音标注，请清除标注后重新填写。',
  'cell-number-in-text-column': '单元格是数字或日期格式，长号码的末尾会被改掉，请把格式改为“文本”后重新填写。',
  'cell-required': '此项必填。',
  'cell-too-long': '内容过长，请缩短。',
  'cell-unreadable': '含有不可见的控制字符或乱码，请重新填写。',
  'cell-outside-columns': '模板各列右侧还有内容，请清除。',
} as const;

export type CellRule = keyof typeof advice;

/** One cell that cannot be taken. The advice never repeats what stands in the cell. */
export interface RowFault {
  /** As the spreadsheet counts: the header is row 1. */
  row: number;
  /** The text of the column's header. */
  column: string;
  cell: string;
  rule: CellRule;
  advice: string;
}

export interface ReadRow {
  row: number;
  /** By the column's key; trimmed, and empty where the cell is empty or has a fault. */
  cells: Record<string, string>;
}

const rulesByKind: Partial<Record<RawCell['kind'], CellRule>> = {
  formula: 'cell-formula',
  error: 'cell-error',
  aided: 'cell-reading-aid',
};

/** The rule that a cell breaks first, if any. */
function ruleBroken(column: Column, { kind, text }: RawCell): CellRule | undefined {
  const byKind = rulesByKind[kind];
  if (byKind) return byKind;
  if (column.text && ['number', 'date', 'boolean'].includes(kind)) return 'cell-number-in-text-column';
  if (text === '') return column.required ? 'cell-required' : undefined;
  if (text.length > (column.maxLength ?? defaultMaxLength)) return 'cell-too-long';
  return /[\p{Cs}\uFFFD]|(?![\t\n\r])\p{Cc}/u.test(text) ? 'cell-unreadable' : undefined;
}

/** Takes a row over cell by cell, so that every fault of the file is told at once. */
export function checkCells(template: Template, raw: RawRow): { row: ReadRow; faults: RowFault[] } {
  const cells: Record<string, string> = {};
  const faults: RowFault[] = [];
  template.columns.forEach((column, index) => {
    const cell = raw.cells[index] ?? { kind: 'blank', text: '' };
    const rule = ruleBroken(column, cell);
    cells[column.key] = rule ? '' : restored(cell.text);
    if (rule) faults.push(fault(raw.row, index, column.header, rule));
  });
  if (raw.beyond) faults.push(fault(raw.row, template.columns.length, '', 'cell-outside-columns'));
  return { row: { row: raw.row, cells }, faults };
}

const fault = (row: number, index: number, column: string, rule: CellRule): RowFault => ({
  row,
  column,
  cell: `${columnLetter(index)}${row}`,
  rule,
  advice: advice[rule],
});
