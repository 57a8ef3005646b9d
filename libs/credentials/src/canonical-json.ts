import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

// The package is CommonJS and its types say otherwise: the import is the function itself.
const serialize = canonicalize as unknown as (value: unknown) => string | undefined;

/** The one way to write a value as JSON (RFC 8785). What has no such way is refused rather than written somehow. */
export function canonicalJson(value: unknown): string {
  const text = serialize(value);
  if (text === undefined) throw new TypeError('Only JSON has a canonical form.');
  if (/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(text)) throw new TypeError('Half a character has no canonical form.');
  return text;
}

export const sha256 = (content: string | Uint8Array): Buffer => createHash('sha256').update(content).digest();

export const sha256Hex = (content: string | Uint8Array): string => sha256(content).toString('hex');
