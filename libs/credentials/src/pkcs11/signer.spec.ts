import { expect, it } from '@jest/globals';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Attribute,
  CKA_CLASS,
  CKA_EC_POINT,
  CKA_EXTRACTABLE,
  CKA_KEY_TYPE,
  CKF_USER_PIN_FINAL_TRY,
  CKO_PRIVATE_KEY,
  type Cryptoki,
} from './cryptoki.js';
import { Pkcs11Fault, SignerAway } from './faults.js';
import { pkcs11Signer } from './signer.js';

const pinFile = join(mkdtempSync(join(tmpdir(), 'pin-')), 'pin');
writeFileSync(pinFile, '123456\n');
const settings = { module: '/module.so', token: 'shuzheng', key: 'issuer-1', pinFile, keptInside: true };
const handle = (name: string) => Buffer.from(name);

/** A module as it is when something is wrong with it that SoftHSM never has: the real one is tried in `*.hsm.spec.ts`. */
class BadModule implements Cryptoki {
  private readonly pair = generateKeyPairSync('ed25519');
  private wanted = '';
  tries = 0;
  flags = 0;
  extractable = false;
  refusesPin = false;
  answer: Promise<unknown> = Promise.resolve();

  load() {}
  C_Initialize() {}
  C_Finalize() {}
  C_CloseSession() {}
  C_FindObjectsFinal() {}
  C_SignInit() {}
  C_GetSlotList = () => [handle('slot')];
  C_GetTokenInfo = () => ({ label: 'shuzheng'.padEnd(32), flags: this.flags });
  C_OpenSession = () => handle('session');
  C_Login() {
    this.tries += 1;
    if (this.refusesPin) throw new Error('CKR_PIN_INCORRECT');
  }
  C_FindObjectsInit(_: Buffer, template: readonly Attribute[]) {
    const kind = template.find(({ type }) => type === CKA_CLASS)?.value;
    this.wanted = kind === CKO_PRIVATE_KEY ? 'private' : 'public';
  }
  C_FindObjects = () => [handle(this.wanted)];
  C_GetAttributeValue(_: Buffer, __: Buffer, [asked]: readonly { type: number }[]) {
    const point = Buffer.from(this.pair.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
    const known = new Map([
      [CKA_KEY_TYPE, Buffer.from([0x40, 0, 0, 0, 0, 0, 0, 0])],
      [CKA_EC_POINT, Buffer.concat([Buffer.from([4, 32]), point])],
      [CKA_EXTRACTABLE, Buffer.from([this.extractable ? 1 : 0])],
    ]);
    const value = known.get(asked?.type ?? 0);
    if (!value) throw new Error('CKR_ATTRIBUTE_TYPE_INVALID');
    return [{ value }];
  }
  C_Sign = (_: Buffer, bytes: Buffer) => sign(null, bytes, this.pair.privateKey);
  C_SignAsync = (session: Buffer, bytes: Buffer) => this.answer.then(() => this.C_Sign(session, bytes));
}

const bytes = Buffer.from('证书');

it('refuses a key that the token gives out, unless it is for a trial', () => {
  const module = Object.assign(new BadModule(), { extractable: true });

  expect(() => pkcs11Signer(settings, module)).toThrow(/^the token gives the key issuer-1 out: /);
  expect(pkcs11Signer({ ...settings, keptInside: false }, module).keyId).toMatch(/^z6Mk/);
});

it('says what to do where the package for modules is not built', () => {
  expect(() => pkcs11Signer(settings, null)).toThrow(/^the package pkcs11js is not built here: install /);
});

it('is away while the module hangs, at once for whoever asks meanwhile, and signs again afterwards', async () => {
  const module = new BadModule();
  const signer = pkcs11Signer(settings, module, 50);
  let go = () => {};
  module.answer = new Promise<void>((resolve) => (go = resolve));

  await expect(signer.sign(bytes)).rejects.toMatchObject({ code: 'PKCS11_HANGS' });
  await expect(signer.sign(bytes)).rejects.toBeInstanceOf(SignerAway);
  expect(await signer.away()).toBe('PKCS11_HANGS');
  go();
  while (await signer.away()) await pause(50);

  expect(verify(null, bytes, signer.publicKey, await signer.sign(bytes))).toBe(true);
});

it('does not try a refused PIN again, nor any PIN when the token would lock itself', async () => {
  const module = new BadModule();
  const signer = pkcs11Signer(settings, module);
  module.refusesPin = true;
  module.answer = Promise.reject(new Error('CKR_SESSION_HANDLE_INVALID'));
  module.answer.catch(() => {});
  const before = module.tries;

  await expect(signer.sign(bytes)).rejects.toMatchObject({ code: 'PKCS11_PINFILE' });
  await pause(1100);
  await expect(signer.sign(bytes)).rejects.toMatchObject({ code: 'PKCS11_PINFILE' });

  expect(module.tries - before).toBe(1);
  const locking = Object.assign(new BadModule(), { flags: CKF_USER_PIN_FINAL_TRY });
  expect(() => pkcs11Signer(settings, locking)).toThrow(Pkcs11Fault);
  expect(locking.tries).toBe(0);
});

it('signs with no other key than the one it announced, also when that takes its label', async () => {
  const [module, other] = [new BadModule(), new BadModule()];
  const signer = pkcs11Signer(settings, module);
  module.C_GetAttributeValue = other.C_GetAttributeValue.bind(other);
  module.C_Sign = other.C_Sign;
  module.answer = Promise.reject(new Error('CKR_TOKEN_NOT_PRESENT'));
  module.answer.catch(() => {});

  await expect(signer.sign(bytes)).rejects.toMatchObject({ code: 'PKCS11_KEY' });
});
