import { generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { base58Decode, base58Encode } from './base58.js';
import { publicKeyFromMultibase } from './multikey.js';
import { fileSigner, generateSigningKey, keySigner } from './signer.js';

it('signs with a key kept in a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signer-'));
  const { privatePem, keyId } = generateSigningKey();
  writeFileSync(join(folder, 'key.pem'), privatePem, { mode: 0o600 });

  const signer = fileSigner(join(folder, 'key.pem'));
  rmSync(folder, { recursive: true });

  expect(signer.keyId).toBe(keyId);
  expect(verify(null, Buffer.from('甲'), signer.publicKey, await signer.sign(Buffer.from('甲')))).toBe(true);
});

it('finds the public key again from its id', () => {
  const { publicPem, keyId } = generateSigningKey();

  expect(keyId).toMatch(/^z6Mk/);
  expect(publicKeyFromMultibase(keyId)?.export({ format: 'pem', type: 'spki' })).toBe(publicPem);
});

it('refuses text that is no Ed25519 key, and keys of another kind', () => {
  expect(['', 'z', 'z6Mk', 'x6Mk', 'z0OIl'].map(publicKeyFromMultibase)).toEqual(Array(5).fill(undefined));
  expect(() => keySigner(generateKeyPairSync('x25519').privateKey)).toThrow(TypeError);
});

it.each([
  ['Hello World!', '2NEpo7TZRRrLZSi2U'],
  ['\0\0(\x7f\xb4\xcd', '11233QC4'],
  ['', ''],
])('writes %j in base58 as others do', (text, encoded) => {
  expect(base58Encode(Buffer.from(text, 'latin1'))).toBe(encoded);
});

it('reads back whatever base58 it wrote', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(base58Decode(base58Encode(bytes))).toEqual(Buffer.from(bytes));
    }),
  );
});
