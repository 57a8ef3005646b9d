import type { RawRow } from './raw-row.js';
import { WorkbookRefused } from './refusal.js';
import { columnLetter, type Template } from './template.js';

/** The header must be the template's, word for word: a column read under another's name is worse than no file. */
export function refuseOtherHeader(header: RawRow | undefined, template: Template): void {
  const found = header?.cells.map(({ text }) => text.trim()) ?? [];
  const length = Math.max(template.columns.length, found.findLastIndex((text) => text !== '') + 1);
  const differences = Array.from({ length }, (_, index) => ({
    letter: columnLetter(index),
    expected: template.columns[index]?.header ?? '',
    found: found[index] ?? '',
  })).filter((column) => column.expected !== column.found);
  if (differences.length > 0) throw new WorkbookRefused('workbook-header-differs', differences.map(inWords).join(''));
}

const inWords = (column: { letter: string; expected: string; found: string }) =>
  `${column.letter}1 应为${quoted(column.expected)}，实为${quoted(shown(column.found))}；`;

const quoted = (text: string) => (text === '' ? '空' : `“${text}”`);

/** Without its header a roster's first row is a person, whose numbers belong in no message. */
const shown = (text: string) => (/\p{Nd}{6}/u.test(text) ? '……' : text.slice(0, 20));
