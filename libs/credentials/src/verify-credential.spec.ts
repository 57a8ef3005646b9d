import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';
import { changedFields } from './changed-fields.js';
import { credentialOf } from './credential.js';
import { signCredential } from './proof.js';
import { generateSigningKey, keySigner } from './signer.js';
import { aSnapshot } from './testing/a-snapshot.js';
import { isSound, verifyCredential } from './verify-credential.js';

const key = keySigner(createPrivateKey(generateSigningKey().privatePem));
const issuerDid = 'did:web:registry.example';
const statusLists = { revocation: `${issuerDid}/r`, suspension: `${issuerDid}/s` };
const sign = (holderName = '刘𬸦') =>
  signCredential(credentialOf(aSnapshot({ holderName, correctedFields: ['direction'] }), { issuerDid, statusLists }), {
    key,
    verificationMethod: `${issuerDid}#${key.keyId}`,
    created: '2026-11-20T09:00:00Z',
  });
const outcomes = (document: unknown, publicKey = key.publicKey) =>
  verifyCredential(document, publicKey).map(({ outcome }) => outcome);

it('finds a certificate sound that came through a file unchanged', async () => {
  expect(outcomes(JSON.parse(JSON.stringify(await sign(), null, 2)))).toEqual(['ok', 'ok', 'ok']);
});

it('signs the same bytes twice', async () => {
  expect(canonicalJson(await sign())).toBe(canonicalJson(await sign()));
});

it.each(['刘𬸦', '王䶮', '阿依努尔·买买提', 'Ó Briain'])('keeps the name %s as it is', async (name) => {
  const read = JSON.parse(Buffer.from(canonicalJson(await sign(name))).toString('utf8'));

  expect(read.credentialSubject.name).toBe(name);
  expect(isSound(verifyCredential(read, key.publicKey))).toBe(true);
});

it('finds and names any changed field', async () => {
  const signed = await sign();
  const leaves = changedFields(signed, blanked(signed));

  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...leaves), fc.jsonValue(), async (path, value) => {
      const changed = withChange(signed, path, value);
      fc.pre(canonicalJson(changed) !== canonicalJson(signed));
      expect(isSound(verifyCredential(changed, key.publicKey))).toBe(false);
      expect(changedFields(signed, changed).every((each) => each.startsWith(path))).toBe(true);
    }),
  );
});

it('finds fields that were added or taken away', async () => {
  const signed = await sign();
  const { credentialStatus, ...without } = signed;

  expect(credentialStatus).toBeDefined();
  expect(outcomes(without)).toEqual(['ok', 'ok', 'failed']);
  expect(outcomes({ ...signed, remark: '' })).toEqual(['ok', 'ok', 'failed']);
  expect(changedFields(signed, { ...signed, remark: '' })).toEqual(['/remark']);
});

it('refuses a key that did not sign', async () => {
  expect(outcomes(await sign(), generateKeyPairSync('ed25519').publicKey)).toEqual(['ok', 'ok', 'failed']);
});

it('tells a missing proof and a foreign document from a wrong signature', async () => {
  const { proof, ...unsigned } = await sign();

  expect(outcomes(unsigned)).toEqual(['ok', 'failed', 'unchecked']);
  expect(outcomes({ ...unsigned, proof: { ...proof, cryptosuite: 'none' } })).toEqual(['ok', 'failed', 'unchecked']);
  expect([null, [], 'x', {}, { proof }].map((document) => outcomes(document)[0])).toEqual(Array(5).fill('failed'));
});

it('finds its own proof among several', async () => {
  const { proof, ...unsigned } = await sign();

  expect(outcomes({ ...unsigned, proof: [{ type: 'Other' }, proof] })).toEqual(['ok', 'ok', 'ok']);
});

it('answers even to what cannot be written down', async () => {
  const signed = await sign();
  const nested = JSON.parse('['.repeat(5e4) + ']'.repeat(5e4));

  expect(outcomes({ ...signed, nested })).toEqual(['ok', 'ok', 'failed']);
  expect(outcomes({ ...signed, name: '\ud800' })).toEqual(['ok', 'ok', 'failed']);
});

function blanked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return Symbol('different from all');
  const copies = Object.entries(value).map(([name, each]) => [name, blanked(each)]);
  return Array.isArray(value) ? copies.map(([, each]) => each) : Object.fromEntries(copies);
}

function withChange(value: unknown, path: string, leaf: unknown): unknown {
  if (path === '') return leaf;
  const [, name = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(path) ?? [];
  const copy = Object.entries(value as object).map(([key, each]) => [
    key,
    key === name ? withChange(each, rest, leaf) : each,
  ]);
  return Array.isArray(value) ? copy.map(([, each]) => each) : Object.fromEntries(copy);
}
