/** One column of a workbook we hand out and take back. */
export interface Column {
  key: string;
  /** The exact text of the header cell. */
  header: string;
  required: boolean;
  /** A numeric cell is refused: a spreadsheet keeps 15 digits of a number, and an identity number has 18. */
  text?: boolean;
  width?: number;
  /** Offered as a drop-down; whether another value is acceptable is for the caller to say. */
  values?: readonly string[];
  /** Shown beside the cell while somebody fills it in. */
  note?: string;
  maxLength?: number;
}

export interface Template {
  code: string;
  version: string;
  sheet: string;
  columns: readonly Column[];
}

/** The letter a spreadsheet shows above a column, counted from 0. */
export function columnLetter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetter(Math.floor(index / 26) - 1) + last;
}
