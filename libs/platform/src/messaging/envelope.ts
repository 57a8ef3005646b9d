import type { Message } from './broker.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A name that an aggregate can have: no control characters, which part fields and rows of what is read in one text. */
export const isAggregate = (value: unknown): value is string => isText(value) && !/\p{Cc}/u.test(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The message these bytes are, or nothing: what no relay of ours could have sent. */
export function unwrap(bytes: Buffer | null): Message | undefined {
  try {
    const value: unknown = JSON.parse(String(bytes));
    return isMessage(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isMessage(value: unknown): value is Message {
  const { id, type, aggregate, sequence, time, origin, data } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    uuid.test(id) &&
    [type, time].every(isText) &&
    isAggregate(aggregate) &&
    Number.isSafeInteger(sequence) &&
    Number(sequence) > 0 &&
    isObject(origin) &&
    isObject(data)
  );
}
