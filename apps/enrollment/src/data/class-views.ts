import { Code, Day, Instant, Int, Nested, OneOf, Subject, Text, Uuid } from '@shuzheng/contracts';
import { subjectOf } from './plan-views.js';

export const classStates = [
  'announced',
  'enrolling',
  'running',
  'completed',
  'reported',
  'archived',
  'cancelled',
] as const;

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
  @Int(0, 500, { description: '在班人数，不含退班' }) readonly enrolled!: number;
  @Instant() readonly openedAt!: string;
  @Day({ nullable: true }) readonly completedOn!: string | null;
}

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
    enrolled: `(select count(*)::int from enrolment where class_id = class.id and enrolment.state <> 'withdrawn')`,
    openedAt: 'class.opened_at',
    completedOn: 'class.completed_on',
  },
  from: 'training_class as class left join known_organisation as organisation on organisation.id = class.organisation_id',
};
