import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const VERSION = '1';

/**
 * Seals text with AES-256-GCM. The place a text belongs to is authenticated with it, so sealed text that is moved
 * to another row, column or event does not open.
 */
export class Seal {
  private readonly key: KeyObject;

  constructor(key: KeyObject | Buffer) {
    this.key = Buffer.isBuffer(key) ? createSecretKey(key) : key;
  }

  /** `s1.<base64url of nonce, ciphertext and tag>` */
  seal(place: string, plain: string): string {
    return written(this.sealBytes(place, Buffer.from(plain, 'utf8')));
  }

  /** The text sealed for that place; throws when it was sealed elsewhere, by another key, or was changed. */
  open(place: string, sealed: string): string {
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    // The last sign of base64 has bits to spare: of all the ways to write these bytes only one is ours.
    if (!isSealed(sealed) || sealed !== written(bytes)) throw new Error('not a sealed text');
    return this.openBytes(place, bytes).toString('utf8');
  }

  /** Nonce, ciphertext and tag. */
  sealBytes(place: string, plain: Buffer): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    cipher.setAAD(authenticated(place));
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  openBytes(place: string, sealed: Buffer): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(authenticated(place));
    decipher.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
  }
}

const written = (bytes: Buffer) => `s${VERSION}.${bytes.toString('base64url')}`;
const authenticated = (place: string) => Buffer.from(`${place}|${VERSION}`);

/** Is this text sealed? */
export const isSealed = (text: string) => /^s\d\.[\w-]{38,}$/.test(text);

/** Where a sealed column value lives: it opens nowhere else. */
export const columnPlace = (table: string, column: string, id: string) => `${table}|${column}|${id}`;

/** Where a sealed event field lives. */
export const eventPlace = (type: string, field: string, eventId: string) => `${type}|${field}|${eventId}`;

/** A keyed index for equality: without the key nobody can try numbers against it. It does not rotate with data keys. */
export class BlindIndex {
  private readonly key: KeyObject;

  constructor(key: KeyObject | Buffer) {
    this.key = Buffer.isBuffer(key) ? createSecretKey(key) : key;
  }

  /** 43 characters of base64url. `family` keeps a name from ever equaling a number. */
  of(family: string, normalised: string): string {
    return createHmac('sha256', this.key).update(`${family}|${normalised}`).digest('base64url');
  }
}

/** A key for one purpose out of a master key: nothing that is sealed for one opens with the other. */
export const derive = (master: Buffer, purpose: string) =>
  createSecretKey(Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `shuzheng ${purpose}`, 32)));
