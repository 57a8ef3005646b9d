import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, OneOf, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { ClassView, dueOnOf, type FoundClass, trainingClasses, withStatus } from '../data/class-views.js';
import { classStates } from '../domain/class-states.js';

export const ClassPage = PageOf(ClassView);

export class ClassFilter extends SortedBy('-openedAt', 'startsOn', 'name', 'dueOn') {
  @OneOf(classStates, { optional: true }) readonly state?: string;
  @Uuid({ optional: true }) readonly planId?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
  @Code({ optional: true }) readonly occupationCode?: string;
  @Day({ optional: true, description: '到期日不晚于' }) readonly dueBy?: string;
}

export class ListClasses extends Query<Page<ClassView>> {
  constructor(readonly filter: ClassFilter) {
    super();
  }
}

@QueryHandler(ListClasses)
export class ListClassesHandler implements IQueryHandler<ListClasses> {
  constructor(private readonly db: Database) {}

  async execute({ filter }: ListClasses) {
    const { items, ...rest } = await page<FoundClass>(
      this.db,
      {
        ...trainingClasses,
        where: [
          ['class.state = ?', filter.state],
          ['class.plan_id = ?', filter.planId],
          ['class.organisation_id = ?', filter.organisationId],
          ['class.occupation_code = ?', filter.occupationCode],
          [`${dueOnOf} <= ?`, filter.dueBy],
        ],
      },
      filter,
    );
    return { ...rest, items: items.map((found) => withStatus(found)) };
  }
}
