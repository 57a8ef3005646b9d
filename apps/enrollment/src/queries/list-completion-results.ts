import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Flag, Instant, Int, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, Personal, row, SortedBy } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';

const outcomes = ['passed', 'failed', 'absent'] as const;

export class CompletionResultView {
  @Uuid() readonly id!: string;
  @Uuid() readonly enrolmentId!: string;
  @Int(1, 10000) readonly place!: number;
  @Text(1, 60, { nullable: true }) readonly reference!: string | null;
  @Text(1, 10) readonly maskedName!: string;
  @Day() readonly examOn!: string;
  @OneOf(outcomes) readonly outcome!: string;
  @Flag({ description: '为现行结果；此前的结果保留' }) readonly stands!: boolean;
  @Instant() readonly recordedAt!: string;
  @Instant({ nullable: true }) readonly supersededAt!: string | null;
}
export const CompletionResultPage = PageOf(CompletionResultView);

export class CompletionResultFilter extends SortedBy('place', '-recordedAt') {
  @OneOf(outcomes, { optional: true }) readonly outcome?: string;
  @OneOf(['true', 'false'], { optional: true, description: '只看现行结果' }) readonly stands?: string;
}

/** Results of the completion exam, with those that were superseded: whoever decides on completion reads them. */
export class ListCompletionResults extends Query<Page<CompletionResultView>> {
  constructor(
    readonly classId: string,
    readonly filter: CompletionResultFilter,
  ) {
    super();
  }
}

type Sealed = Omit<CompletionResultView, 'maskedName'> & { readonly name: string; readonly personId: string };

@QueryHandler(ListCompletionResults)
export class ListCompletionResultsHandler implements IQueryHandler<ListCompletionResults> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  execute({ classId, filter }: ListCompletionResults) {
    return this.db.transaction(async (tx) => {
      if (!(await row(tx, 'select 1 from training_class where id = $1', [classId]))) throw new Missing();
      const { items, ...rest } = await page<Sealed & Record<string, unknown>>(
        this.db,
        {
          columns,
          from: `completion_result as result join enrolment on enrolment.id = result.enrolment_id
            join person on person.id = enrolment.person_id`,
          where: [
            ['result.class_id = ?', classId],
            [`${columns.outcome} = ?`, filter.outcome],
            [`${columns.stands} = ?::boolean`, filter.stands],
          ],
        },
        filter,
      );
      return {
        ...rest,
        items: items.map(({ name, personId, ...result }) => ({
          ...result,
          maskedName: maskName(this.personal.open('person', 'name', personId, name)),
        })),
      };
    });
  }
}

const columns = {
  id: 'result.id',
  enrolmentId: 'result.enrolment_id',
  personId: 'enrolment.person_id',
  place: 'enrolment.place',
  reference: 'enrolment.reference',
  name: 'person.name_sealed',
  examOn: 'result.exam_on',
  outcome: `(case when result.passed then 'passed' when result.absent then 'absent' else 'failed' end)`,
  stands: '(result.superseded_at is null)',
  recordedAt: 'result.recorded_at',
  supersededAt: 'result.superseded_at',
};
