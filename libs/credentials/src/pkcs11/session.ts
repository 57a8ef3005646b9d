import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import {
  answerOf,
  CKA_CLASS,
  CKA_EC_PARAMS,
  CKA_EC_POINT,
  CKA_EXTRACTABLE,
  CKA_KEY_TYPE,
  CKA_LABEL,
  CKA_SENSITIVE,
  CKF_SERIAL_SESSION,
  CKF_USER_PIN_FINAL_TRY,
  CKF_USER_PIN_LOCKED,
  CKK_EC_EDWARDS,
  CKM_EDDSA,
  CKO_PRIVATE_KEY,
  CKO_PUBLIC_KEY,
  CKU_USER,
  type Cryptoki,
  type Handle,
} from './cryptoki.js';
import { Pkcs11Fault, type Pkcs11Settings } from './faults.js';

/** A token that is signed in to, with the key found in it. One signature at a time. */
export interface Session {
  readonly publicKey: KeyObject;
  sign(bytes: Uint8Array): Promise<Buffer>;
  close(): void;
}

const SIGNATURE_BYTES = 64;
/** What is signed only to see that the key is there; nothing else is ever written like this. */
export const trial = Buffer.from('shuzheng: is the key at hand');

/** Opens the token and makes sure, by a signature, that the two halves found under the label belong together. */
export function openSession(module: Cryptoki, settings: Pkcs11Settings, pin: string): Session {
  const slot = slotOf(module, settings.token);
  const session = module.C_OpenSession(slot, CKF_SERIAL_SESSION);
  try {
    signIn(module, session, pin);
    const key = keyOf(module, session, settings);
    const publicKey = publicKeyOf(module, session, settings.key);
    const signing = { mechanism: CKM_EDDSA };
    const room = () => Buffer.alloc(SIGNATURE_BYTES);
    module.C_SignInit(session, signing, key);
    if (!verify(null, trial, publicKey, module.C_Sign(session, trial, room())))
      throw new Pkcs11Fault('key', `the public key named ${settings.key} belongs to another private key`);
    return {
      publicKey,
      async sign(bytes) {
        module.C_SignInit(session, signing, key);
        return module.C_SignAsync(session, Buffer.from(bytes), room());
      },
      close: () => module.C_CloseSession(session),
    };
  } catch (error) {
    module.C_CloseSession(session);
    throw error;
  }
}

function slotOf(module: Cryptoki, token: string): Handle {
  const found = module
    .C_GetSlotList(true)
    .map((slot) => ({ slot, ...module.C_GetTokenInfo(slot) }))
    .filter(({ label }) => label.trimEnd() === token);
  const [one] = found;
  if (!one) throw new Pkcs11Fault('token', `the module knows no token labeled ${token}`);
  if (found.length > 1) throw new Pkcs11Fault('token', `the module knows ${found.length} tokens labeled ${token}`);
  if (one.flags & CKF_USER_PIN_LOCKED)
    throw new Pkcs11Fault('pinFile', 'the token has locked its PIN: its security officer sets a new one');
  // The last try is left to a person: a process that is started again and again would lock the token.
  if (one.flags & CKF_USER_PIN_FINAL_TRY)
    throw new Pkcs11Fault('pinFile', 'one wrong PIN more locks the token: sign in once by hand, then start again');
  return one.slot;
}

function signIn(module: Cryptoki, session: Handle, pin: string) {
  try {
    module.C_Login(session, CKU_USER, pin);
  } catch (error) {
    const answer = answerOf(error);
    // Who is signed in, is so in all sessions of a process.
    if (answer === 'CKR_USER_ALREADY_LOGGED_IN') return;
    if (/^CKR_PIN_/.test(answer)) throw new Pkcs11Fault('pinFile', `the token refuses this PIN (${answer})`);
    throw error;
  }
}

function keyOf(module: Cryptoki, session: Handle, { key, token, keptInside }: Pkcs11Settings): Handle {
  const found = labeled(module, session, CKO_PRIVATE_KEY, key);
  const [one] = found;
  if (!one) throw new Pkcs11Fault('key', `the token ${token} has no private key labeled ${key}`);
  if (found.length > 1)
    throw new Pkcs11Fault('key', `the token ${token} has ${found.length} private keys labeled ${key}`);
  const kind = attribute(module, session, one, CKA_KEY_TYPE);
  if (kind?.readUIntLE(0, 4) !== CKK_EC_EDWARDS || !isEd25519(attribute(module, session, one, CKA_EC_PARAMS)))
    throw new Pkcs11Fault('key', `the key ${key} is no Ed25519 key: certificates are signed with Ed25519`);
  const leaves =
    attribute(module, session, one, CKA_EXTRACTABLE)?.[0] === 1 ||
    attribute(module, session, one, CKA_SENSITIVE)?.[0] === 0;
  if (keptInside && leaves)
    throw new Pkcs11Fault('key', `the token gives the key ${key} out: make one that is sensitive and not extractable`);
  return one;
}

/** The point is 32 bytes, in an octet string where the module keeps to the standard. */
function publicKeyOf(module: Cryptoki, session: Handle, label: string): KeyObject {
  const [one] = labeled(module, session, CKO_PUBLIC_KEY, label);
  const point = one && attribute(module, session, one, CKA_EC_POINT);
  if (!point || point.length < 32)
    throw new Pkcs11Fault('key', `the public half of ${label} is not in the token beside it`);
  const x = point.subarray(-32).toString('base64url');
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
}

function labeled(module: Cryptoki, session: Handle, kind: number, label: string): Handle[] {
  module.C_FindObjectsInit(session, [
    { type: CKA_CLASS, value: kind },
    { type: CKA_LABEL, value: label },
  ]);
  try {
    return module.C_FindObjects(session, 10);
  } finally {
    module.C_FindObjectsFinal(session);
  }
}

/** Some modules do not tell each attribute. */
function attribute(module: Cryptoki, session: Handle, object: Handle, type: number): Buffer | undefined {
  try {
    return module.C_GetAttributeValue(session, object, [{ type }])[0]?.value;
  } catch {
    return undefined;
  }
}

/** The curve is written as its name or as its object identifier 1.3.101.112. */
const isEd25519 = (parameters: Buffer | undefined) =>
  parameters === undefined ||
  parameters.includes('edwards25519') ||
  parameters.equals(Buffer.from([0x06, 0x03, 0x2b, 0x65, 0x70])) ||
  parameters.equals(Buffer.from('06092b06010401da470f01', 'hex'));
