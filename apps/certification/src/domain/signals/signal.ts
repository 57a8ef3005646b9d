import type { BatchFacts } from './facts.js';

/** Blocking: no row is confirmed before somebody dismissed it. Advisory: the receipt of a decision counts it as a warning. */
export type Severity = 'blocking' | 'advisory';

/** What a fact of a signal may be: never a text that somebody wrote, and nothing that names a person. */
export const factKinds = {
  days: 'days',
  kinds: 'codes',
  levels: 'codes',
  missing: 'codes',
  recordedOn: 'days',
  lastPaperOn: 'days',
  examOn: 'days',
  startsOn: 'days',
  completedOn: 'days',
  asOf: 'days',
  revokedOn: 'days',
  equal: 'number',
  rows: 'number',
  theory: 'number',
  ability: 'number',
  sat: 'number',
  passed: 'number',
  historySessions: 'number',
  historySat: 'number',
  historyPassed: 'number',
  sigmas: 'number',
  persons: 'number',
  hours: 'number',
  standardHours: 'number',
  officers: 'number',
} as const satisfies Record<string, 'days' | 'codes' | 'number'>;

export type SignalFacts = { readonly [Key in keyof typeof factKinds]?: FactOf[(typeof factKinds)[Key]] };
interface FactOf {
  readonly days: string | readonly string[];
  readonly codes: string | readonly string[];
  readonly number: number;
}

/** A signal that holds: for these rows, or for the batch as a whole when there is none. */
export interface Found {
  readonly rowIds: readonly string[];
  readonly facts: SignalFacts;
}

export interface Parameter {
  readonly title: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
}

export type Parameters = Readonly<Record<string, Parameter>>;
export type Values<P extends Parameters> = { readonly [Key in keyof P]: number };

/** One rule that raises signals, in words a reviewer reads and in code that does what the words say. */
export interface SignalRule<P extends Parameters = Parameters> {
  readonly code: string;
  readonly title: string;
  readonly words: string;
  readonly source: string;
  readonly confidence: 'T' | 'T2' | 'C' | 'R' | 'I';
  /** Blocking: no row is confirmed before somebody has dismissed it. Advisory: it is shown, and confirming is allowed. */
  readonly severity: Severity;
  /** The defaults; the office may set other values from a day on. */
  readonly parameters: P;
  readonly find: (facts: BatchFacts, values: Values<P>) => Found[];
  /** What cannot be checked because a value is 待核实. */
  readonly unverified?: (facts: BatchFacts) => boolean;
}

/** Keeps the names of a rule's parameters for its own code; everybody else sees a rule like any other. */
export const signalRule = <P extends Parameters>(rule: SignalRule<P>): SignalRule => rule as unknown as SignalRule;

const day = /^\d{4}-\d\d-\d\d$/;
const code = /^[a-z][a-z-]{1,40}$/;

/** Is everything in these facts of the kind its name promises? */
export function isPlain(facts: object): boolean {
  return Object.entries(facts).every(([name, value]) => {
    const kind = (factKinds as Record<string, string>)[name];
    if (kind === 'number') return typeof value === 'number' && Number.isFinite(value);
    const all: unknown[] = Array.isArray(value) ? value : [value];
    const form = kind === 'days' ? day : kind === 'codes' ? code : undefined;
    return form !== undefined && all.every((one) => typeof one === 'string' && form.test(one));
  });
}

/** The open rows for which `factsOf` says something. */
export const eachRow = (
  { rows }: BatchFacts,
  factsOf: (row: BatchFacts['rows'][number]) => SignalFacts | undefined,
): Found[] =>
  rows.flatMap((row) => {
    const facts = row.open ? factsOf(row) : undefined;
    return facts ? [{ rowIds: [row.id], facts }] : [];
  });

export const sorted = <T extends string>(all: readonly T[]): T[] => [...new Set(all)].sort();
