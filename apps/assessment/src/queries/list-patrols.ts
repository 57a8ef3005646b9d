import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Instant, Int, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { findingCodes } from '../domain/patrolling.js';

export class PatrolView {
  @Uuid() readonly id!: string;
  @Uuid() readonly sessionId!: string;
  @Text(1, 20) readonly serial!: string;
  @Text(1, 200, { nullable: true, description: '巡考单位' }) readonly patrolledBy!: string | null;
  @Day() readonly on!: string;
  @Texts(20) readonly findings!: string[];
  @Text(1, 2000, { nullable: true }) readonly note!: string | null;
  @Int(0, 1000, { description: '佐证材料份数' }) readonly evidence!: number;
  @Instant() readonly recordedAt!: string;
}

export const PatrolPage = PageOf(PatrolView);

export class PatrolFilter extends SortedBy('-on', '-recordedAt') {
  @Uuid({ optional: true }) readonly sessionId?: string;
  @OneOf(Object.keys(findingCodes), { optional: true }) readonly finding?: string;
  @Day({ optional: true }) readonly from?: string;
  @Day({ optional: true }) readonly to?: string;
}

/** What cities saw at exams: for the city, the institution and the department. */
export class ListPatrols extends Query<Page<PatrolView>> {
  constructor(readonly filter: PatrolFilter) {
    super();
  }
}

@QueryHandler(ListPatrols)
export class ListPatrolsHandler implements IQueryHandler<ListPatrols> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListPatrols): Promise<Page<PatrolView>> {
    const where = [
      ['p.session_id = ?', filter.sessionId],
      ['? = any(p.findings)', filter.finding],
      ['p.patrolled_on >= ?', filter.from],
      ['p.patrolled_on <= ?', filter.to],
    ] as const;
    return page<PatrolView & Record<string, unknown>>(this.db, { ...listing, where }, filter);
  }
}

const listing = {
  columns: {
    id: 'p.id',
    sessionId: 'p.session_id',
    serial: 's.serial',
    patrolledBy: 'organisation.name',
    on: 'p.patrolled_on',
    findings: 'p.findings',
    note: 'p.note',
    evidence: '(select count(*)::int from evidence as e where e.subject_id = p.id)',
    recordedAt: 'p.recorded_at',
  },
  from: `patrol as p join session as s on s.id = p.session_id
    left join known_organisation as organisation on organisation.id = p.patrolled_by`,
};
