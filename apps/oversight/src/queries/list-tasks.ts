import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, OneOf, Uuid } from '@shuzheng/contracts';
import { Clock, Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { calendarOf } from '../data/calendar.js';
import { isMine, taskColumns, taskOf, type TaskRow, tasks, TaskView, things } from '../data/tasks.js';
import { taskKinds } from '../domain/turns.js';

export const TaskPage = PageOf(TaskView);
const yesOrNo = ['true', 'false'];

/** What is due first stands first; what has no day comes last. */
export class TaskFilter extends SortedBy('dueOn', 'since', 'kind') {
  @OneOf(yesOrNo, { optional: true, description: '是否轮到本单位办理' }) readonly mine?: string;
  @OneOf(Object.keys(taskKinds), { optional: true }) readonly kind?: string;
  @OneOf(things, { optional: true }) readonly thing?: string;
  @OneOf(yesOrNo, { optional: true, description: '逾期' }) readonly overdue?: string;
  @Uuid({ optional: true }) readonly subjectId?: string;
  @Uuid({ optional: true, description: '所属机构' }) readonly organisationId?: string;
  @Uuid({ optional: true, description: '等待的机构' }) readonly waitsForOrganisationId?: string;
  @Code({ optional: true }) readonly cityCode?: string;
}

/** What is due, what is overdue, and whose turn is it? */
export class ListTasks extends Query<Page<TaskView>> {
  constructor(readonly filter: TaskFilter) {
    super();
  }
}

@QueryHandler(ListTasks)
export class ListTasksHandler implements IQueryHandler<ListTasks> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  execute({ filter }: ListTasks) {
    const today = this.clock.today();
    return this.db.transaction(async (tx) => {
      const listing = { columns: taskColumns, from: tasks, where: conditions(filter, today) };
      const { items, ...rest } = await page<TaskRow>(this.db, listing, filter);
      const calendar = await calendarOf(tx);
      return { ...rest, items: items.map((task) => taskOf(task, today, calendar)) };
    });
  }
}

const isOverdue = 'coalesce(task.due_on < coalesce(task.paused_on, ?::date), false)';

const conditions = (filter: TaskFilter, today: string): [string, unknown][] => [
  [`(${isMine}) = ?::boolean`, filter.mine],
  ['task.kind = ?', filter.kind],
  ['task.thing = ?', filter.thing],
  [filter.overdue === 'false' ? `not ${isOverdue}` : isOverdue, filter.overdue && today],
  ['task.subject_id = ?', filter.subjectId],
  ['task.organisation_id = ?', filter.organisationId],
  ['task.waits_organisation = ?', filter.waitsForOrganisationId],
  ['task.city_code = ?', filter.cityCode],
];
