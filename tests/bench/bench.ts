import { median, type Rounds, type Scale } from './rounds.js';

/** What a bench found: one figure to judge, and the lines it was made from. */
export interface Finding {
  readonly ratio: number;
  readonly reached: boolean;
  readonly lines: readonly string[];
}

export interface Bench {
  readonly id: string;
  readonly what: string;
  readonly goal: string;
  /** What the bare parts did by themselves on two cores, before there was a product: a baseline far from it is no fair one. */
  readonly before?: string;
  readonly kafka?: boolean;
  run(scale: Scale): Promise<Finding>;
}

const rounded = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2));
const spread = (values: readonly number[]) =>
  `median ${rounded(median(values))}, from ${rounded(Math.min(...values))} to ${rounded(Math.max(...values))}`;

/** The ratio of each pair, of which the middle one counts. */
export const ratiosOf = ({ baseline, product }: Rounds) => product.map((value, i) => value / (baseline[i] ?? NaN));

/** Product over baseline, in something of which more is better. */
export function compared(rounds: Rounds, unit: string, goal: number): Finding {
  const ratios = ratiosOf(rounds);
  return {
    ratio: median(ratios),
    reached: median(ratios) >= goal,
    lines: linesOf(rounds, unit),
  };
}

export const linesOf = (rounds: Rounds, unit: string) => [
  `baseline  ${spread(rounds.baseline)} ${unit}`,
  `product   ${spread(rounds.product)} ${unit}`,
  `ratio     ${spread(ratiosOf(rounds))} over ${rounds.product.length} pairs`,
];
