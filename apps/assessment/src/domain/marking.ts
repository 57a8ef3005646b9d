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

export interface Marks {
  readonly theory: number | null;
  readonly ability: number | null;
  readonly absent: boolean;
  readonly violation: boolean;
  readonly outcome: Outcome;
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
export function scoreFaults(handedIn: HandedIn, { maximum }: PassMarks): ScoreFault[] {
  const sat = !handedIn.absent && !handedIn.violation;
  const faults = papers.flatMap((paper): ScoreFault[] => {
    const mark = markOf(handedIn[paper]);
    if (mark === 'not-a-number') return [{ paper, rule: 'score-not-number' }];
    if (mark === null) return sat ? [{ paper, rule: 'score-missing' }] : [];
    return mark < 0 || mark > maximum ? [{ paper, rule: 'score-range' }] : [];
  });
  const satBoth = papers.every((paper) => markOf(handedIn[paper]) !== null);
  return handedIn.absent && satBoth ? [...faults, { paper: 'theory', rule: 'absent-with-scores' }] : faults;
}

/** The marks of a result without faults, and what they come to: both papers must be passed, no averaging. */
export function marksOf(handedIn: HandedIn, passMarks: PassMarks): Marks {
  const [theory, ability] = [numberIn(handedIn.theory), numberIn(handedIn.ability)];
  const { absent, violation } = handedIn;
  return { theory, ability, absent, violation, outcome: outcomeOf({ theory, ability, absent, violation }, passMarks) };
}

function numberIn(handedIn: unknown) {
  const mark = markOf(handedIn);
  return mark === 'not-a-number' ? null : mark;
}

export function outcomeOf(
  { theory, ability, absent, violation }: Omit<Marks, 'outcome'>,
  passMarks: PassMarks,
): Outcome {
  if (violation) return 'violation';
  if (absent) return 'absent';
  return (theory ?? 0) >= passMarks.theory && (ability ?? 0) >= passMarks.ability ? 'passed' : 'failed';
}
