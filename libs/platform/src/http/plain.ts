const MOST_DEPTH = 32;
/** The time to build a command grows with the square of an object's fields. */
const MOST_FIELDS = 500;
/** NUL and half a character: JSON can write them, PostgreSQL cannot keep them. */
const unkept = /[\0\p{Surrogate}]/u;

/** Is this something that a command may hold: not too deep, not too wide, and nothing in it that cannot be stored? */
export function isPlain(given: unknown): boolean {
  const left: (readonly [value: unknown, depth: number])[] = [[given, 0]];
  for (let next = left.pop(); next; next = left.pop()) {
    const [value, depth] = next;
    if (typeof value === 'string' && unkept.test(value)) return false;
    if (typeof value === 'number' && !Number.isFinite(value)) return false;
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) continue;
    const fields = Array.isArray(value) ? [] : Object.keys(value);
    if (depth === MOST_DEPTH || fields.length > MOST_FIELDS || fields.some((name) => unkept.test(name))) return false;
    for (const inner of Object.values(value) as unknown[]) left.push([inner, depth + 1]);
  }
  return true;
}
