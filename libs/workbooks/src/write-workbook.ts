import { type Cell, type CellStyle, type DataValidation, writeXlsx } from 'hucre/xlsx';
import { neutralized } from './neutralize.js';
import { type Column, columnLetter, type Template } from './template.js';

export interface WriteOptions {
  /** Rows left empty below the data, already in the right formats and with their drop-downs. */
  emptyRows?: number;
}

const font = { name: '等线', size: 11 };
const asText: CellStyle = { font, numFmt: '@' };
const asIs: CellStyle = { font };
const headerStyle = ({ required }: Column): CellStyle => ({
  font: { ...font, bold: true, color: { rgb: required ? 'C00000' : '1F2A37' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E7EEF7' } },
  alignment: { horizontal: 'center', vertical: 'center' },
  numFmt: '@',
});

/** Writes an .xlsx that opens ready to fill in. The same rows give the same bytes. */
export async function writeWorkbook(
  template: Template,
  rows: readonly Record<string, string | number>[],
  { emptyRows = 0 }: WriteOptions = {},
): Promise<Buffer> {
  const { columns } = template;
  const lastRow = rows.length + emptyRows + 1;
  const bytes = await writeXlsx({
    sheets: [
      {
        name: template.sheet,
        columns: columns.map(({ width = 16, text }) => ({ width, style: text ? asText : asIs })),
        rows: [
          columns.map(({ header }) => header),
          ...rows.map((row) => columns.map(({ key }) => cellValue(row[key]))),
          ...Array.from({ length: emptyRows }, () => columns.map(() => null)),
        ],
        cells: new Map(
          columns.map((column, index): [string, Partial<Cell>] => [`0,${index}`, { style: headerStyle(column) }]),
        ),
        freezePane: { rows: 1 },
        dataValidations: lastRow > 1 ? columns.flatMap((column, index) => helpFor(column, index, lastRow)) : [],
      },
    ],
    properties: {
      title: template.sheet,
      creator: '数证',
      description: `${template.code}@${template.version}`,
      // A fixed day, so that the bytes tell nothing but the rows.
      created: new Date(0),
      modified: new Date(0),
    },
  });
  return Buffer.from(bytes);
}

function cellValue(value: string | number | undefined): string | number | null {
  if (value === undefined || value === '') return null;
  return typeof value === 'number' ? value : escaped(neutralized(value));
}

/** The format reads `_x0041_` as a character's number; written twice, it stays the text it is. */
const escaped = (text: string) => text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');

function helpFor(column: Column, index: number, lastRow: number): DataValidation[] {
  if (!column.values && !column.note) return [];
  const letter = columnLetter(index);
  return [
    {
      ...(column.values
        ? { type: 'list', values: [...column.values] }
        : { type: 'textLength', operator: 'lessThanOrEqual', formula1: String(column.maxLength ?? 200) }),
      range: `${letter}2:${letter}${lastRow}`,
      allowBlank: true,
      showErrorMessage: true,
      errorTitle: column.header,
      errorMessage: column.values ? '请从下拉列表中选择。' : '内容过长。',
      ...(column.note ? { showInputMessage: true, inputTitle: column.header, inputMessage: column.note } : {}),
    },
  ];
}
