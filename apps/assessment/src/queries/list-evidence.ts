import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, Int, OneOf, Sha256, Uuid } from '@shuzheng/contracts';
import { Database, evidenceTypes, Missing, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';

export class EvidenceView {
  @Uuid() readonly id!: string;
  @OneOf(['result', 'patrol']) readonly subject!: string;
  @Uuid() readonly subjectId!: string;
  @Sha256() readonly sha256!: string;
  @OneOf(evidenceTypes) readonly mediaType!: string;
  @Int(0, 100_000_000) readonly bytes!: number;
  @Instant() readonly keptAt!: string;
}

export const EvidencePage = PageOf(EvidenceView);

export class EvidenceFilter extends SortedBy('-keptAt') {
  @OneOf(['result', 'patrol'], { optional: true }) readonly subject?: string;
  @Uuid({ optional: true }) readonly subjectId?: string;
}

/** The files that belong to a session's results and patrols. */
export class ListEvidence extends Query<Page<EvidenceView>> {
  constructor(
    readonly sessionId: string,
    readonly filter: EvidenceFilter,
  ) {
    super();
  }
}

@QueryHandler(ListEvidence)
export class ListEvidenceHandler implements IQueryHandler<ListEvidence> {
  constructor(private readonly db: Database) {}

  async execute({ sessionId, filter }: ListEvidence): Promise<Page<EvidenceView>> {
    const [session] = await this.db.read('select 1 from session where id = $1', [sessionId]);
    if (!session) throw new Missing();
    const where = [
      ['e.session_id = ?', sessionId],
      ['e.subject = ?', filter.subject],
      ['e.subject_id = ?', filter.subjectId],
    ] as const;
    return page<EvidenceView & Record<string, unknown>>(this.db, { ...listing, where }, filter);
  }
}

const listing = {
  columns: {
    id: 'e.id',
    subject: 'e.subject',
    subjectId: 'e.subject_id',
    sha256: 'e.sha256',
    mediaType: 'e.media_type',
    bytes: 'e.bytes',
    keptAt: 'e.kept_at',
  },
  from: 'evidence as e',
};
