import { Code, Day, Instant, Int, Nested, OneOf, Subject, Text, Uuid } from '@shuzheng/contracts';
import { type ClassState, classStates } from '../domain/class-states.js';
import { statusOfClass } from '../domain/class-status.js';
import { subjectOf } from './plan-views.js';

/** 在哪一步、由谁办理、什么时候之前. */
export class ClassStatusView {
  @OneOf(classStates) readonly state!: string;
  @Text(1, 40) readonly title!: string;
  @OneOf(['training-preparer', 'training-approver'], { nullable: true, description: '由谁办理；无人需要办理时为 null' })
  readonly waitsFor!: string | null;
  @Day({ nullable: true, description: '办理期限' }) readonly dueOn!: string | null;
}

export class ClassView {
  @Uuid() readonly id!: string;
  @Uuid() readonly planId!: string;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200, { nullable: true }) readonly organisationName!: string | null;
  @Code() readonly cityCode!: string;
  @Nested(() => Subject) readonly subject!: Subject;
  @Text(1, 100) readonly name!: string;
  @Day() readonly startsOn!: string;
  @Day() readonly endsOn!: string;
  @OneOf(classStates) readonly state!: string;
  @Int(1, 100000) readonly version!: number;
  @Int(0, 500, { description: '在班人数，不含退班' }) readonly enrolled!: number;
  @Instant() readonly openedAt!: string;
  @Day({ nullable: true }) readonly completedOn!: string | null;
  @Day({ nullable: true, description: '下一个到期日：开班、结业或报送' }) readonly dueOn!: string | null;
  @Nested(() => ClassStatusView) readonly status!: ClassStatusView;
}

/** What the status is made of besides the row itself. */
type Signs = { readonly allMarked: boolean | null; readonly extended: boolean };
export type FoundClass = Omit<ClassView, 'status'> & Signs;

/** The next day by which somebody must do something with the class. */
export const dueOnOf = `case class.state when 'announced' then class.starts_on when 'enrolling' then class.starts_on
  when 'running' then class.ends_on when 'completed' then greatest(class.effective_due_on, class.extended_due_on) end`;

export const trainingClasses = {
  columns: {
    id: 'class.id',
    planId: 'class.plan_id',
    organisationId: 'class.organisation_id',
    organisationName: 'organisation.name',
    cityCode: 'class.city_code',
    subject: subjectOf('class'),
    name: 'class.name',
    startsOn: 'class.starts_on',
    endsOn: 'class.ends_on',
    state: 'class.state',
    version: 'class.version',
    enrolled: `(select count(*)::int from enrolment where class_id = class.id and enrolment.state <> 'withdrawn')`,
    openedAt: 'class.opened_at',
    completedOn: 'class.completed_on',
    dueOn: dueOnOf,
    allMarked: `class.state = 'running' and (
      select bool_and(exists (select from completion_result where enrolment_id = enrolment.id and superseded_at is null))
      from enrolment where class_id = class.id and enrolment.state = 'enrolled')`,
    extended: 'coalesce(class.extended_due_on > class.effective_due_on, false)',
  },
  from: 'training_class as class left join known_organisation as organisation on organisation.id = class.organisation_id',
};

/** A class with its status on one line. */
export function withStatus<Found extends FoundClass>({ allMarked, extended, ...found }: Found) {
  const { state, dueOn } = found;
  const standing = { state: state as ClassState, dueOn, allMarked: allMarked === true, extended };
  return { ...found, status: statusOfClass(standing) };
}
