import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, Personal } from '@shuzheng/platform';
import { type DocumentKind, documentKinds } from '@shuzheng/regulation';

export class CandidateQuestion {
  @OneOf(documentKinds.map(({ code }) => code)) readonly documentKind!: DocumentKind;
  @Text(1, 60) readonly documentNumber!: string;
  @Text(1, 60) readonly name!: string;
}

export class CandidateView {
  @Uuid() readonly applicationId!: string;
  @Uuid() readonly sessionId!: string;
  @Text(1, 20) readonly serial!: string;
  @Code() readonly state!: string;
  @Text(1, 40, { nullable: true }) readonly admissionNumber!: string | null;
  @Code({ nullable: true, description: '现行成绩的结果' }) readonly outcome!: string | null;
}
export class CandidatesFound {
  @List(() => CandidateView, 0, 100) readonly items!: CandidateView[];
}

/** A candidate by number and name together: a wrong name finds as little as an unknown number. */
export class FindCandidates extends Query<CandidatesFound> {
  constructor(readonly question: CandidateQuestion) {
    super();
  }
}

@QueryHandler(FindCandidates)
export class FindCandidatesHandler implements IQueryHandler<FindCandidates> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ question: { documentKind, documentNumber, name } }: FindCandidates): Promise<CandidatesFound> {
    const items = await this.db.read<CandidateView>(
      `select a.id as "applicationId", a.session_id as "sessionId", s.serial, a.state, a.admission_number as "admissionNumber",
         r.outcome
       from application as a
       join session as s on s.id = a.session_id
       left join result as r on r.application_id = a.id and r.state <> 'void'
       where a.number_index = $1 and a.name_index = $2
       order by a.applied_at desc limit 100`,
      [this.personal.numberIndex(documentKind, documentNumber), this.personal.nameIndex(name)],
    );
    return { items };
  }
}
