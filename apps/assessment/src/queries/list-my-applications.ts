import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Instant, Int, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { actor, Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { applicationStates } from '../domain/states.js';

export class MyApplication {
  @Uuid() readonly id!: string;
  @Uuid() readonly sessionId!: string;
  @Text(1, 20) readonly serial!: string;
  @OneOf(applicationStates) readonly state!: string;
  @Text(1, 500, { nullable: true }) readonly reason!: string | null;
  @Text(1, 40, { nullable: true }) readonly admissionNumber!: string | null;
  @Int(1, 20) readonly condition!: number;
  @Code() readonly commitmentVersion!: string;
  @Day() readonly theoryOn!: string;
  @Day() readonly abilityOn!: string;
  @Text(1, 200) readonly site!: string;
  @Code({ nullable: true, description: '不予确认的理由代码' }) readonly reasonCode!: string | null;
  @Code({ nullable: true, description: '申报因何结束' }) readonly endReason!: string | null;
  @Instant() readonly appliedAt!: string;
}
export const MyApplicationPage = PageOf(MyApplication);

export class MyApplicationFilter extends SortedBy('-appliedAt') {
  @OneOf(applicationStates, { optional: true }) readonly state?: string;
}

/** One's own applications, the latest first. */
export class ListMyApplications extends Query<Page<MyApplication>> {
  constructor(readonly filter: MyApplicationFilter) {
    super();
  }
}

@QueryHandler(ListMyApplications)
export class ListMyApplicationsHandler implements IQueryHandler<ListMyApplications> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListMyApplications): Promise<Page<MyApplication>> {
    const where = [
      ['a.person_id = ?', actor().personId ?? nobodyId],
      ['a.state = ?', filter.state],
    ] as const;
    return page<MyApplication & Record<string, unknown>>(this.db, { ...listing, where }, filter);
  }
}

/** Nobody's: whoever is no person has no applications. */
const nobodyId = '00000000-0000-0000-0000-000000000000';

const listing = {
  columns: {
    id: 'a.id',
    sessionId: 'a.session_id',
    serial: 's.serial',
    state: 'a.state',
    reason: 'a.reason',
    reasonCode: 'a.reason_code',
    endReason: 'a.end_reason',
    admissionNumber: 'a.admission_number',
    condition: 'a.condition',
    commitmentVersion: 'a.commitment_version',
    theoryOn: 's.theory_on',
    abilityOn: 's.ability_on',
    site: 's.site',
    appliedAt: 'a.applied_at',
  },
  from: 'application as a join session as s on s.id = a.session_id',
};
