import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { publicKeyMultibase } from './multikey.js';

/** Whatever holds an Ed25519 key: a file on a laptop, a hardware module, a key service. */
export interface Signer {
  /** The public key as multibase text, which is also its fragment in the DID document. */
  readonly keyId: string;
  readonly publicKey: KeyObject;
  /** Rejects with SignerAway while the key cannot be reached. */
  sign(bytes: Uint8Array): Promise<Buffer>;
  /** Why the key cannot be reached just now, in a code for an operator. */
  away(): Promise<string | undefined>;
}

/** Signs with a key in memory. */
export function keySigner(privateKey: KeyObject): Signer {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new TypeError('A certificate is signed with an Ed25519 key.');
  const publicKey = createPublicKey(privateKey);
  return {
    keyId: publicKeyMultibase(publicKey),
    publicKey,
    sign: async (bytes) => sign(null, bytes, privateKey),
    away: async () => undefined,
  };
}

/** Signs with a key in a PEM file. For a laptop and tests: the caller keeps it out of a production profile. */
export const fileSigner = (pemPath: string): Signer => keySigner(createPrivateKey(readFileSync(pemPath)));

/** A new key pair; writing the private half down safely is up to the caller. */
export function generateSigningKey(): { privatePem: string; publicPem: string; keyId: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privatePem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    keyId: publicKeyMultibase(publicKey),
  };
}
