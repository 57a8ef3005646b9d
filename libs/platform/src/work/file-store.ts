import { sha256 } from '../canonical.js';
import { FileUnreadable } from '../problem.js';
import type { Seal } from '../sealing.js';

/** Where bytes are kept under their digest. Putting the same bytes twice is putting them once. */
export interface FileStore {
  put(bytes: Buffer): Promise<string>;
  get(digest: string): Promise<Buffer>;
}

/** Two levels by digest. A digest is all that a name may be: nothing else ever gets near a path or an address. */
export function placeOf(digest: string) {
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new Error('not a digest');
  return `${digest.slice(0, 2)}/${digest}`;
}

/** With a seal, what a store holds opens only for the service that put it there: rosters are full of names. */
export const sealed = (seal: Seal | undefined, digest: string, bytes: Buffer) =>
  seal?.sealBytes(boundTo(digest), bytes) ?? bytes;

/** The bytes that were put in, or nothing: a store that gives back anything else is not believed. */
export function opened(seal: Seal | undefined, digest: string, stored: Buffer): Buffer {
  const bytes = seal ? unsealed(seal, digest, stored) : stored;
  if (sha256(bytes) !== digest) throw new FileUnreadable('FILE_DAMAGED');
  return bytes;
}

function unsealed(seal: Seal, digest: string, stored: Buffer) {
  try {
    return seal.openBytes(boundTo(digest), stored);
  } catch {
    throw new FileUnreadable('FILE_DAMAGED');
  }
}

const boundTo = (digest: string) => `file|${digest}`;
