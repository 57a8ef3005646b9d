export { base58Decode, base58Encode } from './base58.js';
export { canonicalJson, sha256, sha256Hex } from './canonical-json.js';
export { changedFields } from './changed-fields.js';
export { checkCodeFor, checkCodeMatches } from './check-code.js';
export { type CertificateCredential, type CredentialOptions, credentialOf } from './credential.js';
export { publicKeyFromMultibase, publicKeyMultibase } from './multikey.js';
export { Pkcs11Fault, type Pkcs11Settings, SignerAway } from './pkcs11/faults.js';
export { type Pkcs11Signer, pkcs11Signer } from './pkcs11/signer.js';
export { type DataIntegrityProof, signCredential, type SigningOptions } from './proof.js';
export {
  formatRegistryNumber,
  type ParsedRegistryNumber,
  parseRegistryNumber,
  type RegistryNumber,
} from './registry-number.js';
export { fileSigner, generateSigningKey, keySigner, type Signer } from './signer.js';
export type { CertificateSnapshot } from './snapshot.js';
export { type Finding, isSound, verifyCredential } from './verify-credential.js';
