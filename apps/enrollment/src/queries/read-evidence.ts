import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Database, Files, Missing } from '@shuzheng/platform';

export interface EvidenceFile {
  readonly bytes: Buffer;
  readonly mediaType: string;
}

/** The bytes of a sheet as they were handed in. */
export class ReadEvidence extends Query<EvidenceFile> {
  constructor(readonly evidenceId: string) {
    super();
  }
}

@QueryHandler(ReadEvidence)
export class ReadEvidenceHandler implements IQueryHandler<ReadEvidence> {
  constructor(
    private readonly db: Database,
    private readonly files: Files,
  ) {}

  async execute({ evidenceId }: ReadEvidence) {
    const [kept] = await this.db.read<{ sha256: string; mediaType: string }>(
      'select sha256, media_type as "mediaType" from lesson_evidence where id = $1',
      [evidenceId],
    );
    if (!kept) throw new Missing();
    return { bytes: await this.files.read(kept.sha256), mediaType: kept.mediaType };
  }
}
