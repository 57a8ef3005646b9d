import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, Int, OneOf, Sha256, Uuid } from '@shuzheng/contracts';
import { Database, evidenceTypes, Missing, type Page, page, PageOf, row, SortedBy } from '@shuzheng/platform';

export class EvidenceView {
  @Uuid() readonly id!: string;
  @Uuid() readonly lessonId!: string;
  @OneOf(evidenceTypes) readonly mediaType!: string;
  @Int(1, 100000000) readonly bytes!: number;
  @Sha256() readonly sha256!: string;
  @Instant() readonly uploadedAt!: string;
}
export const EvidencePage = PageOf(EvidenceView);

export class EvidenceFilter extends SortedBy('uploadedAt') {}

export class ListEvidence extends Query<Page<EvidenceView>> {
  constructor(
    readonly lessonId: string,
    readonly filter: EvidenceFilter,
  ) {
    super();
  }
}

@QueryHandler(ListEvidence)
export class ListEvidenceHandler implements IQueryHandler<ListEvidence> {
  constructor(private readonly db: Database) {}

  execute({ lessonId, filter }: ListEvidence) {
    return this.db.transaction(async (tx) => {
      if (!(await row(tx, 'select 1 from lesson where id = $1', [lessonId]))) throw new Missing();
      return page<EvidenceView & Record<string, unknown>>(
        this.db,
        { columns, from: 'lesson_evidence as evidence', where: [['lesson_id = ?', lessonId]] },
        filter,
      );
    });
  }
}

const columns = {
  id: 'evidence.id',
  lessonId: 'evidence.lesson_id',
  mediaType: 'evidence.media_type',
  bytes: 'evidence.bytes',
  sha256: 'evidence.sha256',
  uploadedAt: 'evidence.uploaded_at',
};
