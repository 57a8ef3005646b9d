// Runs in a worker thread, from src under the tests and from dist in production, and so is plain JavaScript.
import { parentPort, workerData } from 'node:worker_threads';
import { streamXlsxRows } from 'hucre/xlsx';
import { cellMarks } from './cell-marks.mjs';

const { bytes, width, maxRows, maxText } = workerData;
const lastExcelRow = 1_048_576;
const headerWidth = 100;

async function answer() {
  try {
    return await readRows(await cellMarks(bytes));
  } catch {
    // The reader's own message may quote the file, and the file is somebody's personal data.
    return { refused: 'workbook-damaged' };
  }
}

async function readRows(marks) {
  const rows = [];
  let dataRows = 0;
  for await (const { index, values } of streamXlsxRows(bytes)) {
    const row = index + 1;
    if (!Number.isInteger(row) || row < 1 || row > lastExcelRow) return { refused: 'workbook-damaged' };
    const all = values.slice(0, headerWidth).map((value, column) => cellOf(value, marks.get(`${row}:${column}`)));
    if (all.every(isBlank)) continue;
    if (row > 1 && ++dataRows > maxRows) return { refused: 'workbook-too-many-rows' };
    rows.push({ row, cells: row === 1 ? all : all.slice(0, width), beyond: !all.slice(width).every(isBlank) });
  }
  return { rows };
}

const isBlank = ({ kind, text }) => (kind === 'blank' || kind === 'text') && text.trim() === '';

/** Text is cut to one character more than is allowed: two thousand cells may share one string of ten megabytes. */
function cellOf(value, mark) {
  if (mark) return { kind: mark, text: '' };
  if (value === null || value === undefined) return { kind: 'blank', text: '' };
  if (value instanceof Date) return { kind: 'date', text: Number.isNaN(value.getTime()) ? '' : dayOf(value) };
  if (typeof value === 'string') return { kind: 'text', text: value.trim().slice(0, maxText + 1) };
  return { kind: typeof value, text: String(value) };
}

const dayOf = (date) => date.toISOString().slice(0, 10);

parentPort.postMessage(await answer());
