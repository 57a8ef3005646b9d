import { createPublicKey, type KeyObject } from 'node:crypto';
import { base58Decode, base58Encode } from './base58.js';

const ed25519Prefix = Buffer.from([0xed, 0x01]);

/** An Ed25519 public key as a DID document writes it: `z6Mk…`. */
export function publicKeyMultibase(publicKey: KeyObject): string {
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return `z${base58Encode(Buffer.concat([ed25519Prefix, raw]))}`;
}

/** The key behind `z6Mk…`, or undefined if the text is no Ed25519 key. */
export function publicKeyFromMultibase(text: string): KeyObject | undefined {
  const bytes = text.startsWith('z') ? base58Decode(text.slice(1)) : undefined;
  if (bytes?.length !== 34 || !bytes.subarray(0, 2).equals(ed25519Prefix)) return undefined;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(2).toString('base64url') };
  return createPublicKey({ format: 'jwk', key: jwk });
}
