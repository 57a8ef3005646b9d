import {
  checkDocument,
  documentKinds,
  type DocumentKind,
  isFormUnverified,
  matchingForm,
  nameFault,
  normalizeName,
  normalizePhone,
} from '@shuzheng/regulation';
import { categories, codeOf, educations } from './words.js';

/** One learner as somebody wrote it, in a workbook or in a request. Everything is text; `retired` is 是 or 否. */
export interface LearnerRow {
  readonly reference: string;
  readonly name: string;
  readonly documentKind: string;
  readonly documentNumber: string;
  readonly phone: string;
  readonly education: string;
  readonly employer: string;
  readonly category: string;
  readonly retired: string;
}

export type LearnerField = keyof LearnerRow;

/** One learner as the registry takes it. */
export interface Learner {
  /** Which of the rows it came from, counted from 0. */
  readonly index: number;
  readonly reference: string | null;
  readonly name: string;
  readonly documentKind: DocumentKind;
  readonly documentNumber: string;
  readonly phone: string;
  readonly education: string;
  readonly employer: string;
  readonly category: string;
}

export interface LearnerFault {
  readonly index: number;
  readonly field: LearnerField;
  readonly rule: string;
  /** The earlier row that this one repeats. */
  readonly repeats?: number;
}

type Check = (row: LearnerRow, today: string) => string | undefined;

const oneOfWords =
  (words: typeof educations, field: 'education' | 'category', rule: string): Check =>
  (row) =>
    codeOf(words, row[field].trim()) === undefined ? rule : undefined;

// Each column with what can be wrong in it; a column tells its first fault, a row all of its columns'.
const checks: Partial<Record<LearnerField, Check>> = {
  name: ({ name }) => nameFault(name),
  documentKind: ({ documentKind }) => (kindOf(documentKind) ? undefined : 'document-kind-unknown'),
  documentNumber: ({ documentKind, documentNumber }, today) => {
    const kind = kindOf(documentKind);
    const check = kind && checkDocument(kind, documentNumber, today);
    return check && !check.ok ? check.fault : undefined;
  },
  phone: ({ phone }) => {
    const check = normalizePhone(phone);
    return check.ok ? undefined : check.fault;
  },
  education: oneOfWords(educations, 'education', 'education-unknown'),
  employer: ({ employer }) => (employer.trim() === '' ? 'employer-missing' : undefined),
  category: oneOfWords(categories, 'category', 'category-unknown'),
  retired: ({ retired }) => retiredFault(retired.trim()),
};

/**
 * Checks every row by itself and against the others, and tells every fault at once. The workbook and the interface
 * both come through here. Of two rows for one person the later one repeats the earlier.
 */
export function checkRows(rows: readonly LearnerRow[], today: string) {
  const own = rows.flatMap((row, index) => faultsOf(row, index, today));
  const repeats = repeatsIn(rows, new Set(own.filter(isAboutNumber).map(({ index }) => index)));
  const faults = [...own, ...repeats].sort((a, b) => a.index - b.index || placeOf(a) - placeOf(b));
  const faulty = new Set(faults.map(({ index }) => index));
  const learners = rows.flatMap((row, index) => (faulty.has(index) ? [] : [taken(row, index)]));
  return { learners, faults, warnings: learners.flatMap(warningsOf) };
}

/** What is told of a learner who is taken all the same. */
const warningsOf = ({ index, documentKind, documentNumber }: Learner): LearnerFault[] =>
  isFormUnverified(documentKind, documentNumber)
    ? [{ index, field: 'documentNumber', rule: 'document-form-unverified' }]
    : [];

function faultsOf(row: LearnerRow, index: number, today: string): LearnerFault[] {
  return (Object.entries(checks) as [LearnerField, Check][]).flatMap(([field, check]) => {
    const rule = check(row, today);
    return rule === undefined ? [] : [{ index, field, rule }];
  });
}

/** Faults are told in the order of the columns. */
const placeOf = ({ field }: LearnerFault) => Object.keys(checks).indexOf(field);

const isAboutNumber = ({ field }: LearnerFault) => field === 'documentKind' || field === 'documentNumber';

/** Rows whose number cannot be read repeat nothing. */
function repeatsIn(rows: readonly LearnerRow[], unreadable: ReadonlySet<number>): LearnerFault[] {
  const seen = new Map<string, number>();
  return rows.flatMap((row, index) => {
    const kind = kindOf(row.documentKind);
    if (!kind || unreadable.has(index)) return [];
    const form = matchingForm(kind, row.documentNumber);
    const repeats = seen.get(form);
    if (repeats !== undefined) return [{ index, field: 'documentNumber', rule: 'repeated-in-file', repeats } as const];
    seen.set(form, index);
    return [];
  });
}

function taken(row: LearnerRow, index: number): Learner {
  const kind = kindOf(row.documentKind) ?? 'passport';
  const number = checkDocument(kind, row.documentNumber);
  const phone = normalizePhone(row.phone);
  return {
    index,
    reference: row.reference.trim() || null,
    name: normalizeName(row.name),
    documentKind: kind,
    documentNumber: number.ok ? number.number : '',
    phone: phone.ok ? phone.phone : '',
    education: codeOf(educations, row.education.trim()) ?? '',
    employer: row.employer.trim(),
    category: codeOf(categories, row.category.trim()) ?? '',
  };
}

const kindOf = (text: string) => codeOf(documentKinds, text.trim()) as DocumentKind | undefined;

/** 鲁人社字〔2022〕156号 二: 不包含已退休人员. Age says nothing about it, so it is declared. */
function retiredFault(declared: string): string | undefined {
  if (declared === '是') return 'retired-excluded';
  return declared === '否' ? undefined : 'retired-unanswered';
}
