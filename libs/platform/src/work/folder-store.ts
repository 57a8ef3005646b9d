import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256 } from '../canonical.js';
import { codeOf } from '../database.js';
import { FileUnreadable } from '../problem.js';
import type { Seal } from '../sealing.js';
import { type FileStore, opened, placeOf, sealed } from './file-store.js';

/** The local folder: two levels by digest, written aside and moved into place, so that no half file is ever read. */
export class FolderStore implements FileStore {
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
      await writeSafely(aside, sealed(this.seal, digest, bytes));
      await rename(aside, path);
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
    await settle(dirname(path));
    return digest;
  }

  async get(digest: string) {
    const stored = await readFile(this.path(digest)).catch((error: unknown) => {
      throw codeOf(error) === 'ENOENT' ? new FileUnreadable('FILE_MISSING') : error;
    });
    return opened(this.seal, digest, stored);
  }

  private path(digest: string) {
    return join(this.folder, placeOf(digest));
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
