import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { actor } from '../actor.js';
import { sha256 } from '../canonical.js';
import type { Clock } from '../clock.js';
import { sql } from '../database.js';
import { Refused } from '../problem.js';
import type { Seal } from '../sealing.js';
import { fits } from './media-types.js';

/** Where bytes are kept under their digest. Putting the same bytes twice is putting them once. */
export interface FileStore {
  put(bytes: Buffer): Promise<string>;
  get(digest: string): Promise<Buffer>;
}

/** The local folder: two levels by digest, written aside and moved into place, so that no half file is ever read. */
export class FolderStore implements FileStore {
  /** With a seal, what lies on the disk opens only for the service that put it there: rosters are full of names. */
  constructor(
    private readonly folder: string,
    private readonly seal?: Seal,
  ) {}

  async put(bytes: Buffer) {
    const digest = sha256(bytes);
    const path = this.path(digest);
    // What is there and whole stays; what a bad disk has changed is written anew.
    if (await this.get(digest).catch(() => undefined)) return digest;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const aside = `${path}.${randomUUID()}`;
    try {
      await writeSafely(aside, this.seal?.sealBytes(placeOf(digest), bytes) ?? bytes);
      await rename(aside, path);
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
    await settle(dirname(path));
    return digest;
  }

  async get(digest: string) {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new Error('not a digest');
    const stored = await readFile(this.path(digest));
    const bytes = this.seal?.openBytes(placeOf(digest), stored) ?? stored;
    if (sha256(bytes) !== digest) throw new Error('a stored file is not what its digest says');
    return bytes;
  }

  private path(digest: string) {
    return join(this.folder, digest.slice(0, 2), digest);
  }
}

async function writeSafely(path: string, bytes: Buffer) {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A new name survives a power cut only when its folder was written too. Windows does that by itself. */
async function settle(folder: string) {
  if (process.platform === 'win32') return;
  const opened = await open(folder);
  await opened.sync().finally(() => opened.close());
}

const placeOf = (digest: string) => `file|${digest}`;

export interface FileNote {
  readonly mediaType: string;
  readonly purpose: string;
  /** Refuses a file whose content is not what its type says: for evidence that people hand in. */
  readonly checked?: boolean;
}

/** Keeps a file that was handed in or is handed out, and remembers it with the transaction that did so. */
export class Files {
  constructor(
    private readonly store: FileStore,
    private readonly clock: Clock,
  ) {}

  async keep(tx: EntityManager, bytes: Buffer, { mediaType, purpose, checked = false }: FileNote) {
    if (checked && !fits(mediaType, bytes)) throw new Refused(['file-content-differs']);
    const digest = await this.store.put(bytes);
    const id = randomUUID();
    await sql(
      tx,
      `insert into file (id, organisation_id, sha256, bytes, media_type, purpose, stored_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, actor().organisationId ?? null, digest, bytes.length, mediaType, purpose, this.clock.now()],
    );
    return { fileId: id, sha256: digest };
  }

  read(digest: string) {
    return this.store.get(digest);
  }
}
