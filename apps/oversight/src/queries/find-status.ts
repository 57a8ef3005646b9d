import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Flag, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Clock, Database, Missing, row, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { calendarOf } from '../data/calendar.js';
import { selected } from '../data/clock-settings.js';
import { taskColumns, taskOf, type TaskRow, tasks, TaskView, things } from '../data/tasks.js';
import { standings, waiters } from '../domain/turns.js';

/** Where it is, who must act, until when: for a plan, a class, a session or a batch. */
export class StatusView {
  @Uuid() readonly subjectId!: string;
  @OneOf(things) readonly thing!: string;
  @Code() readonly state!: string;
  @Text(1, 60) readonly title!: string;
  @Text(1, 100, { nullable: true }) readonly name!: string | null;
  @Uuid() readonly organisationId!: string;
  @Code() readonly cityCode!: string;
  @Day({ nullable: true }) readonly since!: string | null;
  @OneOf(Object.keys(waiters), { nullable: true }) readonly waitsFor!: string | null;
  @Text(1, 60, { nullable: true }) readonly waitsForTitle!: string | null;
  @Uuid({ nullable: true }) readonly waitsForOrganisationId!: string | null;
  @Day({ nullable: true }) readonly dueOn!: string | null;
  @Flag() readonly overdue!: boolean;
  @List(() => TaskView, 0, 100, { description: '全部待办，最早到期的在前' }) readonly tasks!: readonly TaskView[];
}

export class StatusFilter {
  @Uuid({ description: '计划、培训班、考核批次或证书数据批次' }) readonly subjectId!: string;
}

export class FindStatus extends Query<StatusView> {
  constructor(readonly subjectId: string) {
    super();
  }
}

interface Thing {
  readonly thing: string;
  readonly state: string;
  readonly name: string | null;
  readonly since: string | null;
  readonly organisationId: string;
  readonly cityCode: string;
  readonly [other: string]: unknown;
}

@QueryHandler(FindStatus)
export class FindStatusHandler implements IQueryHandler<FindStatus> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  execute({ subjectId }: FindStatus) {
    return this.db.transaction(async (tx) => {
      const thing = await row<Thing>(tx, findThing, [subjectId]);
      if (!thing) throw new Missing();
      return { subjectId, ...thing, ...lineOf(thing, await this.tasksOf(tx, subjectId)) };
    });
  }

  private async tasksOf(tx: EntityManager, subjectId: string): Promise<TaskView[]> {
    const found = await rows<TaskRow>(
      tx,
      `select ${selected(taskColumns)} from ${tasks} where task.subject_id = $1 order by task.due_on, task.since, task.id`,
      [subjectId],
    );
    const calendar = await calendarOf(tx);
    return found.map((task) => taskOf(task, this.clock.today(), calendar));
  }
}

/** The first task says who must act; where there is none, the state does. */
function lineOf({ thing, state }: Thing, waiting: readonly TaskView[]) {
  const standing = standings[`${thing}:${state}`] ?? { title: state, waitsFor: null };
  const [first] = waiting;
  const waitsFor = first ? first.waitsFor : standing.waitsFor;
  return {
    title: thing === 'batch' && first ? first.title : standing.title,
    waitsFor,
    waitsForTitle: waitsFor && waiters[waitsFor as keyof typeof waiters],
    waitsForOrganisationId: first?.waitsForOrganisationId ?? null,
    dueOn: first?.dueOn ?? null,
    overdue: waiting.some(({ overdue }) => overdue),
    tasks: waiting,
  };
}

const day = (instant: string) => `(${instant} at time zone 'Asia/Shanghai')::date`;

const findThing = `
  select kind as thing, state, name, since, organisation_id as "organisationId", city_code as "cityCode" from stage where id = $1
  union all
  select 'training-plan', case when withdrawn_on is not null then 'withdrawn' else 'filed' end, null,
    coalesce(withdrawn_on, ${day('filed_at')}), organisation_id, city_code
  from plan where id = $1
  union all
  select 'exam-plan', case when withdrawn_on is not null then 'withdrawn' when filed_version >= version then 'filed'
      when answered_version = version then case when consented then 'consented' else 'refused' end else 'drafted' end, null,
    coalesce(withdrawn_on, case when filed_version >= version then ${day('filed_at')} end, answered_on), organisation_id, city_code
  from exam_plan where id = $1`;
