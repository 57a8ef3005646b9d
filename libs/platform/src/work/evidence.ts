import { Injectable } from '@nestjs/common';
import { Database } from '../database.js';
import type { EvidenceFile } from '../http/evidence.js';
import { Missing } from '../problem.js';
import { Audit } from './audit.js';
import { Files } from './files.js';

/** What somebody handed in to prove something. It may show people, so who reads it is on record. */
@Injectable()
export class Evidence {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly files: Files,
  ) {}

  /** The file of a row of this table, for whom the table’s policy lets see the row. */
  async read(table: 'evidence' | 'lesson_evidence', id: string): Promise<EvidenceFile> {
    const { sha256, mediaType } = await this.db.transaction(async () => {
      const [found] = await this.db.read<{ sha256: string; mediaType: string }>(
        `select sha256, media_type as "mediaType" from ${table} where id = $1`,
        [id],
      );
      if (!found) throw new Missing();
      await this.audit.note({ subject: `evidence:${id}` });
      return found;
    });
    return { bytes: await this.files.read(sha256), mediaType };
  }
}
