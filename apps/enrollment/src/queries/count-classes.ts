import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Int, List, OneOf, Uuid } from '@shuzheng/contracts';
import { Clock, Database } from '@shuzheng/platform';
import { dueOnOf } from '../data/class-views.js';
import { classStates } from '../domain/class-states.js';

export class ClassCount {
  @OneOf(classStates) readonly state!: string;
  @Int(0, 1000000) readonly classes!: number;
  @Day({ nullable: true, description: '最近的到期日' }) readonly nextDueOn!: string | null;
  @Int(0, 1000000, { description: '已过到期日' }) readonly overdue!: number;
}

export class ClassCounts {
  @List(() => ClassCount, 7, 7) readonly states!: ClassCount[];
}

export class ClassCountFilter {
  @Uuid({ optional: true }) readonly organisationId?: string;
}

/** My classes by state, with the day that comes next in each. */
export class CountClasses extends Query<ClassCounts> {
  constructor(readonly filter: ClassCountFilter) {
    super();
  }
}

@QueryHandler(CountClasses)
export class CountClassesHandler implements IQueryHandler<CountClasses> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async execute({ filter }: CountClasses) {
    const counted = await this.db.read<ClassCount & Record<string, unknown>>(
      `select named.state, count(due.id)::int as classes, min(due.due_on) as "nextDueOn",
         (count(*) filter (where due.due_on < $3))::int as overdue
       from unnest($1::text[]) with ordinality as named (state, place)
       left join (
         select class.id, class.state, ${dueOnOf} as due_on from training_class as class
         where $2::uuid is null or class.organisation_id = $2
       ) as due on due.state = named.state
       group by named.state, named.place order by named.place`,
      [[...classStates], filter.organisationId ?? null, this.clock.today()],
    );
    return { states: counted };
  }
}
