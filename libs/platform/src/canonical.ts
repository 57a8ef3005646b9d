import * as jcs from 'canonicalize';
import { hash } from 'node:crypto';

// The package is CommonJS with a default of its own; its types do not say so under nodenext.
const canonicalize = jcs.default as unknown as (value: unknown) => string | undefined;

export const sha256 = (bytes: string | Buffer) => hash('sha256', bytes, 'hex');

/** SHA-256 over the RFC 8785 form of each part: the same content gives the same digest, however it was written. Bytes count by their own digest. */
export function canonicalDigest(parts: readonly unknown[]): string {
  const plain = parts.map((part) => (Buffer.isBuffer(part) ? sha256(part) : (part ?? null)));
  return sha256(canonicalize(plain) ?? '');
}
