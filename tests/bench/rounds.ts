/** One measured run of one side: how much it did in a second, or how long it took. */
export type Side = () => Promise<number>;

export interface Rounds {
  readonly baseline: readonly number[];
  readonly product: readonly number[];
}

export interface Scale {
  /** Pairs that count; one more before them is thrown away. */
  readonly rounds: number;
  /** A fraction of the work, for looking whether a bench runs at all. */
  readonly size: number;
}

export const full: Scale = { rounds: 5, size: 1 };
/** Nothing that it measures means anything. */
export const tiny: Scale = { rounds: 1, size: 0.01 };

/** Both sides in turn, A B A B, so that whatever else the machine does falls on both. */
export async function inTurn({ rounds, size }: Scale, sides: { baseline: Side; product: Side }): Promise<Rounds> {
  const [baseline, product]: [number[], number[]] = [[], []];
  for (let round = size < 1 ? 1 : 0; round <= rounds; round++) {
    const measured = [await sides.baseline(), await sides.product()] as const;
    if (round === 0) continue;
    baseline.push(measured[0]);
    product.push(measured[1]);
  }
  return { baseline, product };
}

export function median(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
