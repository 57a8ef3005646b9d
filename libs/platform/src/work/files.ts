import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { actor } from '../actor.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { sql } from '../database.js';
import { Refused } from '../problem.js';
import type { Seal } from '../sealing.js';
import { BucketStore } from './bucket-store.js';
import type { FileStore } from './file-store.js';
import { FolderStore } from './folder-store.js';
import { fits } from './media-types.js';

/** The store that the configuration names, with a place of its own for each service. */
export const storeOf = (files: Config['files'], service: string, seal?: Seal): FileStore =>
  typeof files === 'string' ? new FolderStore(join(files, service), seal) : new BucketStore(files, service, seal);

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
