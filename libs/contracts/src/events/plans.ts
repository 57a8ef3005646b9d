import { Code, Day, Instant, Int, Nested, OneOf, Text, Texts, Uuid } from '../fields.js';
import { levels, planKinds, recipients } from '../words.js';

/** What is taught and examined. */
export class Subject {
  @Code() readonly occupationCode!: string;
  @Text(1, 60) readonly edition!: string;
  @OneOf(levels) readonly level!: string;
  @Text(1, 100, { description: '“--” where the standard sets none' }) readonly direction!: string;
}

/** A training plan stands on file, or a new version of it. */
export class TrainingPlanFiled {
  static readonly type = 'enrollment.training-plan-filed.v1';
  static readonly aggregate = 'planId';

  @Uuid() readonly planId!: string;
  @Int(1, 1000) readonly version!: number;
  @Uuid() readonly organisationId!: string;
  @Code() readonly cityCode!: string;
  @Nested(() => Subject) readonly subject!: Subject;
  @Int(1, 10000) readonly plannedSeats!: number;
  @Day() readonly startsOn!: string;
  @Day() readonly endsOn!: string;
  @Instant() readonly filedAt!: string;
}

/** A training institution asks an evaluation institution to consent to an exam plan. */
export class ExamPlanDrafted {
  static readonly type = 'enrollment.exam-plan-drafted.v1';
  static readonly aggregate = 'planId';

  @Uuid() readonly planId!: string;
  @Int(1, 1000) readonly version!: number;
  @Uuid() readonly organisationId!: string;
  @Code() readonly cityCode!: string;
  @Uuid() readonly trainingPlanId!: string;
  @Uuid() readonly evaluationOrganisationId!: string;
  @Nested(() => Subject) readonly subject!: Subject;
  @Int(1, 10000) readonly plannedSeats!: number;
  @Day() readonly examFrom!: string;
  @Day() readonly examTo!: string;
  @Text(1, 200) readonly site!: string;
}

/** The exam plan stands on file with the province and the city. */
export class ExamPlanFiled {
  static readonly type = 'enrollment.exam-plan-filed.v1';
  static readonly aggregate = 'planId';

  @Uuid() readonly planId!: string;
  @Int(1, 1000) readonly version!: number;
  @Uuid() readonly organisationId!: string;
  @Uuid() readonly evaluationOrganisationId!: string;
  @Instant() readonly filedAt!: string;
}

/** The province or the city has given its receipt for a filing. */
export class FilingReceived {
  static readonly type = 'enrollment.filing-received.v1';
  static readonly aggregate = 'planId';

  @Uuid() readonly planId!: string;
  @OneOf(['training', 'exam']) readonly kind!: string;
  @OneOf(recipients) readonly recipient!: string;
  @Uuid() readonly receiptId!: string;
  @Instant() readonly receivedAt!: string;
}

/** A plan no longer stands on file, by its owner's own withdrawal. */
export class PlanWithdrawn {
  static readonly type = 'enrollment.plan-withdrawn.v1';
  static readonly aggregate = 'planId';

  @Uuid() readonly planId!: string;
  @OneOf(planKinds) readonly kind!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly withdrawnOn!: string;
}

/** A filing was found incomplete and went back for correction. The first filing date stays. */
export class FilingReturned {
  static readonly type = 'enrollment.filing-returned.v1';
  static readonly aggregate = 'planId';

  @Uuid() readonly planId!: string;
  @OneOf(planKinds) readonly kind!: string;
  @Int(1, 1000) readonly version!: number;
  @OneOf(recipients) readonly recipient!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly returnedOn!: string;
  @Texts(20, { description: 'section codes' }) readonly sections!: string[];
}
