import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { OneOf, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, PageQuery } from '@shuzheng/platform';
import { classStates, ClassView, trainingClasses } from '../data/class-views.js';

export const ClassPage = PageOf(ClassView);

export class ClassFilter extends PageQuery {
  @OneOf(classStates, { optional: true }) readonly state?: string;
  @Uuid({ optional: true }) readonly planId?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
}

export class ListClasses extends Query<Page<ClassView>> {
  constructor(readonly filter: ClassFilter) {
    super();
  }
}

@QueryHandler(ListClasses)
export class ListClassesHandler implements IQueryHandler<ListClasses> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListClasses) {
    return page<ClassView & Record<string, unknown>>(
      this.db,
      {
        ...trainingClasses,
        where: [
          ['class.state = ?', filter.state],
          ['class.plan_id = ?', filter.planId],
          ['class.organisation_id = ?', filter.organisationId],
        ],
        sorts: ['-openedAt', 'startsOn', 'name'],
      },
      filter,
    );
  }
}
