import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { publicKeyMultibase } from '../multikey.js';
import type { Signer } from '../signer.js';
import { answerOf, type Cryptoki, newCryptoki } from './cryptoki.js';
import { Pkcs11Fault, type Pkcs11Settings, SignerAway } from './faults.js';
import { openSession, type Session, trial } from './session.js';

/** How long one signature may take, and for how long a token that is away is not asked again. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 1000;

export interface Pkcs11Signer extends Signer {
  close(): void;
}

/** Signs with a key that stays in a module. Whatever does not lead to one is a Pkcs11Fault, at once. */
export function pkcs11Signer(settings: Pkcs11Settings, module = newCryptoki(), patienceMs = PATIENCE_MS): Pkcs11Signer {
  return new TokenSigner(new Token(settings, module), patienceMs);
}

/** The module, and the way to a session in it. */
class Token {
  private readonly module: Cryptoki;
  private refusedPin: string | undefined;

  constructor(
    private readonly settings: Pkcs11Settings,
    module: Cryptoki | null,
  ) {
    if (!module) throw new Pkcs11Fault('module', missing);
    this.module = module;
    try {
      module.load(settings.module);
    } catch {
      throw new Pkcs11Fault('module', `${settings.module} cannot be loaded: name the library of the module’s maker`);
    }
  }

  /** A module keeps what it once knew of its tokens: only one that starts anew finds a token that came back. */
  open(): Session {
    try {
      return this.tried();
    } catch (error) {
      if (error instanceof Pkcs11Fault && error.setting === 'pinFile') throw error;
    }
    try {
      this.module.C_Finalize();
    } catch {
      // It had not been started, or has ended by itself.
    }
    return this.tried();
  }

  private tried(): Session {
    const pin = this.pin();
    try {
      this.initialize();
      return openSession(this.module, this.settings, pin);
    } catch (error) {
      if (!(error instanceof Pkcs11Fault)) throw new Pkcs11Fault('module', `it does not open: ${answerOf(error)}`);
      if (error.setting === 'pinFile') this.refusedPin = pin;
      throw error;
    }
  }

  private initialize() {
    try {
      this.module.C_Initialize();
    } catch (error) {
      if (answerOf(error) !== 'CKR_CRYPTOKI_ALREADY_INITIALIZED') throw error;
    }
  }

  /** One that was refused is not tried again: after a few wrong ones a token locks itself. */
  private pin() {
    let pin: string;
    try {
      pin = readFileSync(this.settings.pinFile, 'utf8').trim();
    } catch {
      throw new Pkcs11Fault('pinFile', 'the file cannot be read by the user of this process');
    }
    if (!pin) throw new Pkcs11Fault('pinFile', 'the file is empty: write the PIN into it');
    if (pin === this.refusedPin) throw new Pkcs11Fault('pinFile', 'the token has refused this PIN before');
    return pin;
  }
}

const missing =
  'the package pkcs11js is not built here: install a C++ compiler, make and Python, then run npm ci again';

/** One signature after the other in one session. A session that fails is opened anew, once; then the key is away. */
class TokenSigner implements Pkcs11Signer {
  readonly publicKey: KeyObject;
  readonly keyId: string;
  private session: Session | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private hanging = false;
  private failed: { readonly code: string; readonly at: number } | undefined;
  private signedAt = performance.now();

  constructor(
    private readonly token: Token,
    private readonly patienceMs: number,
  ) {
    this.session = token.open();
    this.publicKey = this.session.publicKey;
    this.keyId = publicKeyMultibase(this.publicKey);
  }

  sign(bytes: Uint8Array): Promise<Buffer> {
    const signed = this.turn.then(() => this.signNow(bytes));
    this.turn = signed.catch(() => {});
    return signed;
  }

  async away() {
    const isKnown = !this.failed && performance.now() - this.signedAt < PAUSE_MS;
    if (!isKnown) await this.sign(trial).catch(() => {});
    return this.failed?.code;
  }

  close() {
    const { session } = this;
    this.session = undefined;
    // A call that hangs still uses it.
    if (this.hanging) return;
    try {
      session?.close();
    } catch {
      // It went with its token.
    }
  }

  private async signNow(bytes: Uint8Array) {
    if (this.hanging) throw new SignerAway(HANGING);
    if (this.failed && performance.now() - this.failed.at < PAUSE_MS) throw new SignerAway(this.failed.code);
    try {
      const signature = await this.attempted(bytes);
      this.failed = undefined;
      this.signedAt = performance.now();
      return signature;
    } catch (error) {
      this.close();
      this.failed = { code: codeOf(error), at: performance.now() };
      throw new SignerAway(this.failed.code);
    }
  }

  private async attempted(bytes: Uint8Array) {
    try {
      if (this.session) return await this.inTime(this.session, bytes);
    } catch (error) {
      if (this.hanging) throw error;
      this.close();
    }
    this.session = this.reopened();
    return this.inTime(this.session, bytes);
  }

  /** The key that was announced and no other: a token that was exchanged must not sign in its name. */
  private reopened() {
    const session = this.token.open();
    if (publicKeyMultibase(session.publicKey) === this.keyId) return session;
    session.close();
    throw new Pkcs11Fault('key', 'another key has taken its label');
  }

  private async inTime(session: Session, bytes: Uint8Array) {
    const signing = session.sign(bytes);
    const settled = signing.then(
      () => (this.hanging = false),
      () => (this.hanging = false),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.hanging = true;
        reject(new SignerAway(HANGING));
      }, this.patienceMs);
    });
    try {
      return await Promise.race([settled.then(() => signing), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

const HANGING = 'PKCS11_HANGS';

function codeOf(error: unknown) {
  if (error instanceof SignerAway) return error.code;
  return error instanceof Pkcs11Fault ? `PKCS11_${error.setting.toUpperCase()}` : answerOf(error);
}
