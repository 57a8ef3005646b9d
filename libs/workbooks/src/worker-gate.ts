/** Lets a few tasks run at a time, first come first served, so that many uploads at once cost no more memory than these. */
export function gate(places: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = places;
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  return async (task) => {
    if (free > 0) free--;
    else await new Promise<void>((enter) => waiting.push(enter));
    return task().finally(leave);
  };
}
