// Makes the key that certificates are signed with, inside the token that the ISSUER_PKCS11_ variables name: it never leaves it.
// `node tools/make-issuer-key.mjs`, with the variables that certification gets. A label that is there already is left alone.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

const CKM_EC_EDWARDS_KEY_PAIR_GEN = 0x1055;
const CKK_EC_EDWARDS = 0x40;
/** The name of the curve as PKCS#11 3 writes it: a PrintableString. */
const EDWARDS25519 = Buffer.from('130c656477617264733235353139', 'hex');
/** What keeps the private half where it was made. */
const inside = { CKA_PRIVATE: true, CKA_SENSITIVE: true, CKA_EXTRACTABLE: false };

const { ISSUER_PKCS11_MODULE: library, ISSUER_PKCS11_TOKEN: token, ISSUER_PKCS11_KEY: label } = process.env;
const pinFile = process.env.ISSUER_PKCS11_PIN_FILE;
if (!library || !token || !label || !pinFile) giveUp('Set the four ISSUER_PKCS11_ variables: see docs/deploying.md.');

const pkcs11 = await import('pkcs11js').catch(() =>
  giveUp('The package pkcs11js is not built here: see docs/deploying.md.'),
);
const { PKCS11, ...numbers } = pkcs11.default;
const module = new PKCS11();
try {
  module.load(library);
  module.C_Initialize();
  console.log(`${label}: ${made(signedIn(slotOf(token)))}`);
} catch (error) {
  giveUp(error.message.split('\n')[0]);
} finally {
  module.close();
}

function slotOf(wanted) {
  const slot = module.C_GetSlotList(true).find((one) => module.C_GetTokenInfo(one).label.trimEnd() === wanted);
  return slot ?? giveUp(`The module knows no token labeled ${wanted}.`);
}

function signedIn(slot) {
  const session = module.C_OpenSession(slot, numbers.CKF_SERIAL_SESSION | numbers.CKF_RW_SESSION);
  module.C_Login(session, numbers.CKU_USER, readFileSync(pinFile, 'utf8').trim());
  return session;
}

/** The public half, for whoever wants to see that certification announces this very key. */
function made(session) {
  module.C_FindObjectsInit(session, [{ type: numbers.CKA_LABEL, value: label }]);
  const there = module.C_FindObjects(session, 1).length > 0;
  module.C_FindObjectsFinal(session);
  if (there) giveUp(`The token has a key labeled ${label} already: the next key gets a label of its own.`);
  const common = { CKA_TOKEN: true, CKA_LABEL: label, CKA_ID: randomBytes(8), CKA_KEY_TYPE: CKK_EC_EDWARDS };
  const { publicKey } = module.C_GenerateKeyPair(
    session,
    { mechanism: CKM_EC_EDWARDS_KEY_PAIR_GEN },
    template({ ...common, CKA_CLASS: numbers.CKO_PUBLIC_KEY, CKA_VERIFY: true, CKA_EC_PARAMS: EDWARDS25519 }),
    template({ ...common, ...inside, CKA_CLASS: numbers.CKO_PRIVATE_KEY, CKA_SIGN: true }),
  );
  const [{ value }] = module.C_GetAttributeValue(session, publicKey, [{ type: numbers.CKA_EC_POINT }]);
  return value.subarray(-32).toString('base64url');
}

function template(attributes) {
  return Object.entries(attributes).map(([name, value]) => ({ type: numbers[name], value }));
}

function giveUp(line) {
  console.error(line);
  process.exit(1);
}
