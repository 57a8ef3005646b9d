import type { Message } from './broker.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const isText = (value: unknown) => typeof value === 'string' && value !== '';
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
    [type, aggregate, time].every(isText) &&
    !/\p{Cc}/u.test(aggregate as string) &&
    Number.isSafeInteger(sequence) &&
    Number(sequence) > 0 &&
    isObject(origin) &&
    isObject(data)
  );
}
