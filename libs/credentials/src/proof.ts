import { type KeyObject, verify } from 'node:crypto';
import { base58Decode, base58Encode } from './base58.js';
import { canonicalJson, sha256 } from './canonical-json.js';
import type { Signer } from './signer.js';

/** A W3C Data Integrity proof of the suite `eddsa-jcs-2022`. */
export interface DataIntegrityProof {
  type: 'DataIntegrityProof';
  cryptosuite: 'eddsa-jcs-2022';
  created: string;
  verificationMethod: string;
  proofPurpose: 'assertionMethod';
  '@context'?: unknown;
  proofValue: string;
}

export interface SigningOptions {
  key: Pick<Signer, 'sign'>;
  /** The DID address of the key, whose fragment is the key's `keyId`. */
  verificationMethod: string;
  /** An instant such as `2026-11-20T09:00:00Z`. Given, not taken from the clock: the same input gives the same bytes. */
  created: string;
}

/** Adds a proof to a document that has none. */
export async function signCredential<Document extends object>(
  document: Document,
  { key, verificationMethod, created }: SigningOptions,
): Promise<Document & { proof: DataIntegrityProof }> {
  if ('proof' in document) throw new TypeError('The document is signed already.');
  const config = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    created,
    verificationMethod,
    proofPurpose: 'assertionMethod',
    ...('@context' in document ? { '@context': document['@context'] } : {}),
  } as const;
  const signature = await key.sign(signedBytes(config, document));
  return { ...document, proof: { ...config, proofValue: `z${base58Encode(signature)}` } };
}

/** Whether the proof was made over this very document with the key's private half. */
export function proofHolds(document: object, proof: object, publicKey: KeyObject): boolean {
  const { proofValue, ...config } = proof as Record<string, unknown>;
  const signature =
    typeof proofValue === 'string' && proofValue.length < 100 ? base58Decode(proofValue.slice(1)) : undefined;
  if (signature?.length !== 64 || publicKey.asymmetricKeyType !== 'ed25519') return false;
  return verify(null, signedBytes(config, document), publicKey, signature);
}

/** What is signed: the hash of how the proof was made, then the hash of the document. */
const signedBytes = (config: object, document: object) =>
  Buffer.concat([sha256(canonicalJson(config)), sha256(canonicalJson(document))]);
