import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignerAway } from '@shuzheng/credentials';
import { BadConfiguration } from '@shuzheng/platform';
import { Token } from '@shuzheng/platform/testing';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { signerOf } from './signing-key.js';

// A real module, made of software: SoftHSM.
const token = new Token();
const { settings } = token;
const keys = '/nowhere';
beforeAll(() => {
  token.makeKey();
  importOnP256('on-p256');
});
afterAll(() => token.remove());

/** A key that is no Ed25519 key: made outside, because the tool makes no other. */
function importOnP256(label: string) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const file = token.file(label, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
  const pin = readFileSync(settings.pinFile, 'utf8').trim();
  const named = ['--token', settings.token, '--label', label, '--id', 'f0', '--pin', pin];
  execFileSync('softhsm2-util', ['--import', file, ...named]);
}

const open = (change: Partial<typeof settings> = {}) =>
  signerOf({ keys, profile: 'production', issuer: { ...settings, ...change } });

function refusal(change: Partial<typeof settings>) {
  try {
    open(change);
  } catch (error) {
    expect(error).toBeInstanceOf(BadConfiguration);
    return (error as Error).message;
  }
  throw new Error('it was not refused');
}

describe('a signing key in a module', () => {
  it('signs in production so that anybody can verify it, and is the same key after each start', async () => {
    const [signer, again] = [open(), open()];
    const bytes = Buffer.from('证书');

    const [one, other] = await Promise.all([signer.sign(bytes), again.sign(bytes)]);

    expect(verify(null, bytes, signer.publicKey, one)).toBe(true);
    expect([again.keyId, other]).toEqual([signer.keyId, one]);
    expect(signer.keyId).toMatch(/^z6Mk/);
  });

  it('signs for many at the same time, each their own bytes', async () => {
    const signer = open();
    const texts = Array.from({ length: 300 }, (_, i) => Buffer.from(`证书 ${i}`));

    const signatures = await Promise.all(texts.map((text) => signer.sign(text)));

    const { publicKey } = signer;
    expect(texts.filter((text, i) => !verify(null, text, publicKey, signatures[i] ?? Buffer.alloc(0)))).toEqual([]);
  });

  it.each([
    ['a library that is not there', { module: '/nowhere.so' }, /^ISSUER_PKCS11_MODULE: \/nowhere\.so cannot be loaded/],
    ['a library of another kind', { module: process.execPath }, /^ISSUER_PKCS11_MODULE: .* cannot be loaded/],
    [
      'a token that is not there',
      { token: 'nobody' },
      /^ISSUER_PKCS11_TOKEN: the module knows no token labeled nobody$/,
    ],
    ['a PIN that is wrong', { pinFile: token.file('wrong', '000000') }, /^ISSUER_PKCS11_PIN_FILE: .*CKR_PIN_INCORRECT/],
    ['a PIN file that is not there', { pinFile: '/nowhere' }, /^ISSUER_PKCS11_PIN_FILE: the file cannot be read/],
    ['a PIN file that is empty', { pinFile: token.file('empty', '\n') }, /^ISSUER_PKCS11_PIN_FILE: the file is empty/],
    [
      'a PIN file that others can read',
      { pinFile: token.file('open', '000000', 0o644) },
      /^ISSUER_PKCS11_PIN_FILE: .* chmod 600/,
    ],
    ['a key that is not there', { key: 'nothing' }, /^ISSUER_PKCS11_KEY: .* has no private key labeled nothing$/],
    ['a key of another kind', { key: 'on-p256' }, /^ISSUER_PKCS11_KEY: .* is no Ed25519 key/],
  ])('is refused at the start in one line for %s', (_, change, line) => {
    expect(refusal(change)).toMatch(line);
    expect(refusal(change)).not.toContain('\n');
  });

  it('is made once under a label', () => {
    expect(() => token.makeKey()).toThrow('has a key labeled issuer-1 already');
  });

  it('is away while its token is, says so, and signs again when the token is back', async () => {
    const signer = open();
    const other = open();
    token.take();

    await expect(signer.sign(Buffer.from('1'))).rejects.toBeInstanceOf(SignerAway);
    expect(await signer.away()).toBe('PKCS11_TOKEN');
    token.bringBack();
    const bytes = Buffer.from('2');
    while (await signer.away()) await pause(100);

    expect(verify(null, bytes, signer.publicKey, await signer.sign(bytes))).toBe(true);
    expect(await other.sign(bytes)).toEqual(await signer.sign(bytes));
  });
});
