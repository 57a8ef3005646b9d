/** Where a signing key is and how it is reached. */
export interface Pkcs11Settings {
  /** The library of the module's maker. */
  readonly module: string;
  /** The label of the token. */
  readonly token: string;
  /** The label of the key, and of its public half. */
  readonly key: string;
  /** The file that holds the PIN: read when the token is opened, not kept. */
  readonly pinFile: string;
  /** Whether a key is refused that the token would give out. */
  readonly keptInside: boolean;
}

/** A setting that does not lead to a key; it says which one, and what to do. */
export class Pkcs11Fault extends Error {
  constructor(
    readonly setting: 'module' | 'token' | 'key' | 'pinFile',
    advice: string,
  ) {
    super(advice);
  }
}

/** The key cannot be reached just now; `code` tells an operator what was said. */
export class SignerAway extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}
