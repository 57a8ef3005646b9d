import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, Json, Sha256, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';

export class HoursProofView {
  @Uuid() readonly id!: string;
  @Text(1, 30) readonly number!: string;
  @Uuid() readonly classId!: string;
  @Uuid() readonly enrolmentId!: string;
  @Uuid() readonly personId!: string;
  @Json({ description: '学时证明的内容；不含姓名和证件号码' }) readonly facts!: object;
  @Sha256() readonly sha256!: string;
  @Instant() readonly issuedAt!: string;
}
export const HoursProofPage = PageOf(HoursProofView);

export class HoursProofFilter extends SortedBy('-issuedAt', 'number') {
  @Uuid({ optional: true }) readonly classId?: string;
  @Uuid({ optional: true }) readonly enrolmentId?: string;
  @Text(1, 30, { optional: true }) readonly number?: string;
}

export class ListHoursProofs extends Query<Page<HoursProofView>> {
  constructor(readonly filter: HoursProofFilter) {
    super();
  }
}

@QueryHandler(ListHoursProofs)
export class ListHoursProofsHandler implements IQueryHandler<ListHoursProofs> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListHoursProofs) {
    return page<HoursProofView & Record<string, unknown>>(
      this.db,
      {
        columns,
        from: 'hours_proof as proof',
        where: [
          ['proof.class_id = ?', filter.classId],
          ['proof.enrolment_id = ?', filter.enrolmentId],
          ['proof.number = ?', filter.number],
        ],
      },
      filter,
    );
  }
}

const columns = {
  id: 'proof.id',
  number: 'proof.number',
  classId: 'proof.class_id',
  enrolmentId: 'proof.enrolment_id',
  personId: 'proof.person_id',
  facts: 'proof.facts',
  sha256: 'proof.sha256',
  issuedAt: 'proof.issued_at',
};
