/** What the worker says of one cell; `aided` is text with a reading aid (拼音) mixed into it. */
export interface RawCell {
  kind: 'blank' | 'text' | 'number' | 'date' | 'boolean' | 'formula' | 'error' | 'aided';
  text: string;
}

export interface RawRow {
  /** As the spreadsheet counts: the header is row 1. */
  row: number;
  cells: RawCell[];
  /** Something stands to the right of the last column of the template. */
  beyond: boolean;
}

/** The worker's only message. */
export type SheetAnswer = { rows: RawRow[] } | { refused: 'workbook-damaged' | 'workbook-too-many-rows' };
