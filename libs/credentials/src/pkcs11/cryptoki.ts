import { createRequire } from 'node:module';

/** A handle, as the module gives it. */
export type Handle = Buffer;

export interface Attribute {
  readonly type: number;
  readonly value: Buffer | string | number | boolean;
}

/** What is used of PKCS#11, as the package `pkcs11js` has it. Written down here because the package may not be there. */
export interface Cryptoki {
  load(path: string): void;
  C_Initialize(): void;
  C_Finalize(): void;
  C_GetSlotList(withToken: boolean): Handle[];
  C_GetTokenInfo(slot: Handle): { readonly label: string; readonly flags: number };
  C_OpenSession(slot: Handle, flags: number): Handle;
  C_CloseSession(session: Handle): void;
  C_Login(session: Handle, user: number, pin: string): void;
  C_FindObjectsInit(session: Handle, template: readonly Attribute[]): void;
  C_FindObjects(session: Handle, most: number): Handle[];
  C_FindObjectsFinal(session: Handle): void;
  C_GetAttributeValue(session: Handle, object: Handle, template: readonly { type: number }[]): { value: Buffer }[];
  C_SignInit(session: Handle, mechanism: { mechanism: number }, key: Handle): void;
  C_Sign(session: Handle, bytes: Buffer, room: Buffer): Buffer;
  C_SignAsync(session: Handle, bytes: Buffer, room: Buffer): Promise<Buffer>;
}

/** Of the numbers of PKCS#11 those that are used; the package does not know those of version 3. */
export const CKF_SERIAL_SESSION = 4;
export const CKF_USER_PIN_FINAL_TRY = 0x20000;
export const CKF_USER_PIN_LOCKED = 0x40000;
export const CKU_USER = 1;
export const CKO_PUBLIC_KEY = 2;
export const CKO_PRIVATE_KEY = 3;
export const CKA_CLASS = 0;
export const CKA_LABEL = 3;
export const CKA_KEY_TYPE = 0x100;
export const CKA_SENSITIVE = 0x103;
export const CKA_EXTRACTABLE = 0x162;
export const CKA_EC_PARAMS = 0x180;
export const CKA_EC_POINT = 0x181;
export const CKK_EC_EDWARDS = 0x40;
export const CKM_EDDSA = 0x1057;

/** The package is compiled where it is installed, and left out where that cannot be done: null then. */
export function newCryptoki(): Cryptoki | null {
  try {
    const { PKCS11 } = createRequire(import.meta.url)('pkcs11js') as { PKCS11: new () => Cryptoki };
    return new PKCS11();
  } catch (error) {
    if ((error as { code?: string }).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** What the module answered, such as `CKR_PIN_INCORRECT`; of any other error only its first words. */
export const answerOf = (error: unknown) => /^[\w ]{1,60}/.exec((error as Error).message)?.[0] ?? 'unknown';
