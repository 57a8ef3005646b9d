import { createPrivateKey } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { base58Decode } from './base58.js';
import { signCredential } from './proof.js';
import { publicKeyFromMultibase } from './multikey.js';
import { keySigner } from './signer.js';
import { isSound, verifyCredential } from './verify-credential.js';

// The example of W3C's Data Integrity EdDSA Cryptosuites v1.0 for eddsa-jcs-2022.
const publicKey = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2';
const secretKey = 'z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq';
const proofValue = 'z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX';
const verificationMethod = `did:key:${publicKey}#${publicKey}`;
const unsigned = {
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/examples/v2'],
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  type: ['VerifiableCredential', 'AlumniCredential'],
  name: 'Alumni Credential',
  description: 'A minimum viable example of an Alumni Credential.',
  issuer: 'https://vc.example/issuers/5678',
  validFrom: '2023-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:abcdefgh', alumniOf: 'The School of Examples' },
};

function theirSigner() {
  const seed = base58Decode(secretKey.slice(1))?.subarray(2) ?? Buffer.alloc(0);
  const x = publicKeyFromMultibase(publicKey)?.export({ format: 'jwk' }).x ?? '';
  const jwk = { kty: 'OKP', crv: 'Ed25519', d: seed.toString('base64url'), x };
  return keySigner(createPrivateKey({ format: 'jwk', key: jwk }));
}

it('makes the signature of the W3C example, byte for byte', async () => {
  const key = theirSigner();

  const signed = await signCredential(unsigned, { key, verificationMethod, created: '2023-02-24T23:36:38Z' });

  expect(key.keyId).toBe(publicKey);
  expect(signed.proof.proofValue).toBe(proofValue);
  expect(isSound(verifyCredential(signed, key.publicKey))).toBe(true);
});

it('signs a document once only', async () => {
  const options = { key: theirSigner(), verificationMethod, created: '2023-02-24T23:36:38Z' };
  const signed = await signCredential(unsigned, options);

  await expect(signCredential(signed, options)).rejects.toThrow('signed already');
});
