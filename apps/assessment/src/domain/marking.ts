/** The marks needed and the most a paper gives, as the `pass-marks` record says. */
export interface PassMarks {
  readonly theory: number;
  readonly ability: number;
  readonly maximum: number;
}

/** One result as it was handed in: anything may stand where a mark should be. */
export interface HandedIn {
  readonly theory: unknown;
  readonly ability: unknown;
  readonly absent: boolean;
  readonly violation: boolean;
}

/** The marks of papers that were passed in an earlier attempt, where the office lets them stand. */
export type Standing = Partial<Readonly<Record<Paper, number>>>;

export interface Marks {
  readonly theory: number | null;
  readonly ability: number | null;
  readonly absent: boolean;
  readonly violation: boolean;
  readonly outcome: Outcome;
  /** The papers whose mark stands from an earlier attempt. */
  readonly stands: readonly Paper[];
}

export type Outcome = 'passed' | 'failed' | 'absent' | 'violation';
export type Paper = 'theory' | 'ability';
export type ScoreRule = 'score-not-number' | 'score-range' | 'score-missing' | 'absent-with-scores';

export interface ScoreFault {
  readonly paper: Paper;
  readonly rule: ScoreRule;
}

const papers = ['theory', 'ability'] as const;

/** A mark has at most one decimal; digits that were typed full-width are digits. */
function markOf(handedIn: unknown): number | null | 'not-a-number' {
  if (handedIn === null || handedIn === undefined || handedIn === '') return null;
  if (typeof handedIn !== 'number' && typeof handedIn !== 'string') return 'not-a-number';
  const text = String(handedIn).normalize('NFKC').trim();
  return /^-?\d{1,6}(\.\d)?$/.test(text) ? Number(text) : 'not-a-number';
}

/** Every fault of one result, paper by paper. */
export function scoreFaults(handedIn: HandedIn, { maximum }: PassMarks, standing: Standing = {}): ScoreFault[] {
  const sat = !handedIn.absent && !handedIn.violation;
  const faults = papers.flatMap((paper): ScoreFault[] => {
    const mark = markOf(handedIn[paper]);
    if (mark === 'not-a-number') return [{ paper, rule: 'score-not-number' }];
    if (mark === null) return sat && standing[paper] === undefined ? [{ paper, rule: 'score-missing' }] : [];
    return mark < 0 || mark > maximum ? [{ paper, rule: 'score-range' }] : [];
  });
  const satBoth = papers.every((paper) => markOf(handedIn[paper]) !== null);
  return handedIn.absent && satBoth ? [...faults, { paper: 'theory', rule: 'absent-with-scores' }] : faults;
}

/** The marks of a result without faults, and what they come to: both papers must be passed, no averaging. */
export function marksOf(handedIn: HandedIn, passMarks: PassMarks, standing: Standing = {}): Marks {
  const { absent, violation } = handedIn;
  const sat = !absent && !violation;
  const stands = papers.filter((paper) => sat && numberIn(handedIn[paper]) === null && standing[paper] !== undefined);
  const [theory, ability] = papers.map((paper) =>
    stands.includes(paper) ? (standing[paper] ?? null) : numberIn(handedIn[paper]),
  ) as [number | null, number | null];
  const marks = { theory, ability, absent, violation };
  return { ...marks, stands, outcome: outcomeOf(marks, passMarks) };
}

function numberIn(handedIn: unknown) {
  const mark = markOf(handedIn);
  return mark === 'not-a-number' ? null : mark;
}

export function outcomeOf(
  { theory, ability, absent, violation }: Omit<Marks, 'outcome' | 'stands'>,
  passMarks: PassMarks,
): Outcome {
  if (violation) return 'violation';
  if (absent) return 'absent';
  return (theory ?? 0) >= passMarks.theory && (ability ?? 0) >= passMarks.ability ? 'passed' : 'failed';
}
