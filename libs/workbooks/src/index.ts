export type { CellRule, ReadRow, RowFault } from './check-cells.js';
export { neutralized } from './neutralize.js';
export { type ReadLimits, readWorkbook } from './read-workbook.js';
export { cellReasons, workbookReasons } from './reasons.js';
export { type RefusalCode, WorkbookRefused } from './refusal.js';
export { columnLetter, type Column, type Template } from './template.js';
export { packageTemplate, replyTemplate, resultTemplate, rosterTemplate } from './templates.js';
export { type WriteOptions, writeWorkbook } from './write-workbook.js';
