import { isAbsolute } from 'node:path';
import { type Environment, namedTogether } from './named-together.js';

/** Where the key is that certificates are signed with: in a module that signs and does not give it out. */
export interface IssuerSettings {
  readonly module: string;
  readonly token: string;
  readonly key: string;
  readonly pinFile: string;
}

/** Named together or not at all. */
export const issuerVariables = {
  ISSUER_PKCS11_MODULE:
    'certification: the PKCS#11 library of the module that holds the signing key; empty: issuer.key',
  ISSUER_PKCS11_TOKEN: 'the label of the token in it',
  ISSUER_PKCS11_KEY: 'the label of the Ed25519 key in the token, and of its public half',
  ISSUER_PKCS11_PIN_FILE: 'the file that holds the PIN of the token',
} as const;

type Name = keyof typeof issuerVariables;

const names = Object.keys(issuerVariables) as Name[];

/** The module that the environment names, if it names one. Whether a key is there is seen when it is opened. */
export function readIssuer(env: Environment): IssuerSettings | undefined {
  const said = namedTogether(env, names);
  if (!said) return undefined;
  const label = (value: string) => value === value.trim() && Buffer.byteLength(value) <= 32;
  return {
    module: said('ISSUER_PKCS11_MODULE', isAbsolute, 'write the whole path of the library'),
    token: said('ISSUER_PKCS11_TOKEN', label, 'write the label of the token, up to 32 characters'),
    key: said('ISSUER_PKCS11_KEY', label, 'write the label of the key, up to 32 characters'),
    pinFile: said('ISSUER_PKCS11_PIN_FILE', isAbsolute, 'write the whole path of the file'),
  };
}
