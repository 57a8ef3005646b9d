/** How many rows a draw takes: a share is rounded up, and nobody draws more than there is. */
export function sampleSize(order: { readonly percent?: number; readonly count?: number }, eligible: number): number {
  const wanted = order.count ?? Math.ceil((eligible * (order.percent ?? 0)) / 100);
  return Math.min(wanted, eligible);
}

export const SAMPLING = 'sha256-order-v1';

/**
 * 抽样: rows in the order of SHA-256 over the UTF-8 text `<seed>|<row id>`, in hexadecimal; the first ones are drawn.
 * The same seed and the same rows give the same sample, in whatever order the rows come: seed, algorithm and the rows
 * drawn from are stored. Rows are undecided ones, each sampled once.
 */
export function drawnRows(
  rowIds: readonly string[],
  { seed, size, digest }: { seed: string; size: number; digest: (text: string) => string },
): string[] {
  const places = rowIds.map((id) => ({ id, place: digest(`${seed}|${id}`) }));
  return places
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
    .slice(0, size)
    .map(({ id }) => id);
}
