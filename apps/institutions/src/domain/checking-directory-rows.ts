import { checkCreditCode, isDay, levels as known } from '@shuzheng/regulation';
import { inOrder } from './entering.js';

/** A row as it was typed. */
export interface DirectoryRow {
  readonly creditCode: string;
  readonly organisationName: string;
  readonly role: string;
  readonly occupationCode: string;
  readonly occupationName: string;
  readonly direction: string;
  readonly levels: string;
  readonly from: string;
  readonly to: string;
}
export type DirectoryField = keyof DirectoryRow;

/** A row as it was understood; what could not be is undefined. */
export interface ParsedRow {
  readonly creditCode: string | null;
  readonly name: string;
  readonly role: 'training' | 'evaluation' | undefined;
  readonly occupationCode: string;
  readonly occupationName: string;
  readonly direction: string | null;
  /** Lowest first, joined by commas; null where the row names none. */
  readonly levels: string | null | undefined;
  readonly from: string | undefined;
  readonly to: string | null | undefined;
}

/** What the registry knows of what a row names. */
export interface FoundRow {
  readonly organisationId: string | null;
  readonly organisationRole: string | null;
  readonly ended: boolean;
  readonly nameDiffers: boolean;
  readonly occupationCode: string | null;
  readonly occupationDiffers: boolean;
}

export const nothingFound: FoundRow = {
  organisationId: null,
  organisationRole: null,
  ended: false,
  nameDiffers: false,
  occupationCode: null,
  occupationDiffers: false,
};

export interface DirectoryFault {
  readonly index: number;
  readonly field: DirectoryField;
  readonly rule: string;
  /** The row this one repeats. */
  readonly repeats?: number;
}

const roleOf: Readonly<Record<string, 'training' | 'evaluation'>> = { 培训机构: 'training', 评价机构: 'evaluation' };
const levelOf: Readonly<Record<string, string>> = {
  初级: 'junior',
  初: 'junior',
  中级: 'intermediate',
  中: 'intermediate',
  高级: 'senior',
  高: 'senior',
};

/** 2026-01-01, 2026/1/1 and 2026年1月1日 are one day. */
function dayOf(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.normalize('NFKC').trim()) ?? [];
  if (!year || !month || !day) return undefined;
  const written = [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
  return isDay(written) && written >= '1990-01-01' && written <= '2199-12-31' ? written : undefined;
}

function levelsOf(text: string): string | null | undefined {
  const words = text.split(/[、,，;；/\s]+/).filter(Boolean);
  if (words.length === 0) return null;
  const levels = words.map((word) => levelOf[word]);
  return levels.every((level) => level !== undefined && (known as readonly string[]).includes(level))
    ? inOrder(levels.filter((level) => level !== undefined))
    : undefined;
}

function codeOf(text: string) {
  if (text === '') return null;
  const check = checkCreditCode(text);
  return check.ok ? check.code : text;
}

export const parsed = (row: DirectoryRow): ParsedRow => ({
  creditCode: codeOf(row.creditCode),
  name: row.organisationName,
  role: roleOf[row.role],
  occupationCode: row.occupationCode.normalize('NFKC').trim(),
  occupationName: row.occupationName,
  direction: row.direction === '' || /^-+$/.test(row.direction) ? null : row.direction,
  levels: levelsOf(row.levels),
  from: dayOf(row.from),
  to: row.to === '' ? null : dayOf(row.to),
});

type Check = (row: ParsedRow, found: FoundRow) => boolean;
const codeFault = ({ creditCode }: ParsedRow) => {
  const check = creditCode === null ? undefined : checkCreditCode(creditCode);
  return check && !check.ok ? check.fault : undefined;
};

/** Without a code the name is looked for among those of the role, so nothing is said where neither can be read. */
const isUnknown: Check = (row, { organisationId }) =>
  organisationId === null && !codeFault(row) && (row.creditCode !== null || row.role !== undefined);

const rowRules: readonly [field: DirectoryField, rule: string, isBroken: Check][] = [
  ['creditCode', 'credit-code-length', (row) => codeFault(row) === 'credit-code-length'],
  ['creditCode', 'credit-code-characters', (row) => codeFault(row) === 'credit-code-characters'],
  ['creditCode', 'credit-code-check', (row) => codeFault(row) === 'credit-code-check'],
  ['organisationName', 'organisation-unknown', isUnknown],
  ['organisationName', 'organisation-name-differs', (_, found) => found.nameDiffers],
  ['organisationName', 'organisation-is-ended', (_, found) => found.ended],
  ['role', 'directory-role-unknown', ({ role }) => role === undefined],
  [
    'role',
    'directory-role-mismatch',
    ({ role }, found) =>
      role !== undefined && found.organisationRole !== null && found.organisationRole !== `${role}-institution`,
  ],
  ['occupationCode', 'occupation-unknown', (_, found) => found.occupationCode === null],
  ['occupationName', 'occupation-name-differs', (_, found) => found.occupationDiffers],
  ['levels', 'level-unknown', ({ levels }) => levels === undefined],
  ['from', 'day-malformed', ({ from }) => from === undefined],
  ['to', 'day-malformed', ({ to }) => to === undefined],
  ['to', 'dates-order', ({ from, to }) => Boolean(from && to && to < from)],
];

/** Every rule that a row breaks by itself. */
export const rowFaults = (row: ParsedRow, found: FoundRow, index: number): DirectoryFault[] =>
  rowRules.filter(([, , isBroken]) => isBroken(row, found)).map(([field, rule]) => ({ index, field, rule }));

/** A row that can be recorded. */
export interface Entry {
  readonly organisationId: string;
  readonly role: 'training' | 'evaluation';
  readonly occupationCode: string;
  readonly direction: string | null;
  readonly levels: string | null;
  readonly from: string;
  readonly to: string | null;
}

export function entryOf({ role, direction, levels, from, to }: ParsedRow, found: FoundRow): Entry | undefined {
  const { organisationId, occupationCode } = found;
  if (!organisationId || !occupationCode || !role || !from || levels === undefined || to === undefined)
    return undefined;
  return { organisationId, role, occupationCode, direction, levels, from, to };
}

const aboutOf = (one: Entry) =>
  [one.organisationId, one.role, one.occupationCode, one.direction ?? '', one.levels ?? ''].join('|');
const meet = (one: Entry, other: Entry) =>
  (other.to === null || one.from <= other.to) && (one.to === null || other.from <= one.to);

/** Rows of one file that are about the same on the same day. */
export function repeatedRows(entries: readonly (Entry | undefined)[]): DirectoryFault[] {
  const seen = new Map<string, number[]>();
  return entries.flatMap((entry, index): DirectoryFault[] => {
    if (!entry) return [];
    const before = seen.get(aboutOf(entry)) ?? [];
    const repeats = before.find((other) => {
      const earlier = entries[other];
      return earlier !== undefined && meet(earlier, entry);
    });
    seen.set(aboutOf(entry), [...before, index]);
    return repeats === undefined ? [] : [{ index, field: 'from', rule: 'directory-row-repeated', repeats }];
  });
}

/** The code of every rule that a row can break. */
export const directoryRowRules: readonly string[] = [
  ...new Set(rowRules.map(([, rule]) => rule)),
  'directory-row-repeated',
  'directory-entry-overlaps',
];
