import { checkCells, defaultMaxLength, type ReadRow, type RowFault } from './check-cells.js';
import { refuseOtherHeader } from './check-header.js';
import { refuseUnlessZip } from './file-kind.js';
import { readSheet } from './read-sheet.js';
import { WorkbookRefused } from './refusal.js';
import type { Template } from './template.js';
import { refuseUnsafeZip } from './zip-scan.js';

export interface ReadLimits {
  maxRows?: number;
  maxBytes?: number;
  deadlineMs?: number;
}

/**
 * Reads the first sheet of an .xlsx against a template. Every fault of every row is in the answer; a file that cannot
 * be taken at all is refused with `WorkbookRefused`. Drop-down values and full-width digits are for the caller to judge.
 */
export async function readWorkbook(
  bytes: Buffer,
  template: Template,
  { maxRows = 2000, maxBytes = 20 * 1024 * 1024, deadlineMs = 10_000 }: ReadLimits = {},
): Promise<{ rows: ReadRow[]; faults: RowFault[] }> {
  refuseUnlessZip(bytes, maxBytes);
  await refuseUnsafeZip(bytes);
  const maxText = Math.max(...template.columns.map(({ maxLength }) => maxLength ?? defaultMaxLength));
  const raw = await readSheet({ bytes, width: template.columns.length, maxRows, maxText }, deadlineMs);
  refuseOtherHeader(
    raw.find(({ row }) => row === 1),
    template,
  );
  const checked = raw.filter(({ row }) => row > 1).map((row) => checkCells(template, row));
  if (checked.length === 0) throw new WorkbookRefused('workbook-no-rows');
  return { rows: checked.map(({ row }) => row), faults: checked.flatMap(({ faults }) => faults) };
}
