import {
  Code,
  Day,
  Decimal,
  Flag,
  Instant,
  Int,
  List,
  Nested,
  OneOf,
  SealedText,
  Sha256,
  Text,
  Uuid,
  Uuids,
} from '../fields.js';
import { Subject } from './plans.js';

/** A class is announced under a plan. */
export class ClassOpened {
  static readonly type = 'enrollment.class-opened.v1';
  static readonly aggregate = 'classId';

  @Uuid() readonly classId!: string;
  @Uuid() readonly planId!: string;
  @Uuid() readonly organisationId!: string;
  @Code() readonly cityCode!: string;
  @Nested(() => Subject) readonly subject!: Subject;
  @Text(1, 100) readonly name!: string;
  @Day() readonly startsOn!: string;
  @Day() readonly endsOn!: string;
}

export class EnrolledLearner {
  @Uuid() readonly enrolmentId!: string;
  @Uuid() readonly personId!: string;
  @SealedText() readonly name!: string;
  @OneOf([
    'resident-id',
    'hmt-residence',
    'foreign-permanent-2023',
    'foreign-permanent-2017',
    'hm-travel',
    'tw-travel',
    'passport',
  ])
  readonly documentKind!: string;
  @SealedText() readonly documentNumber!: string;
  @Text(43, 43, { description: 'blind index of the number' }) readonly numberIndex!: string;
  @Text(43, 43, { description: 'blind index of the whole normalised name' }) readonly nameIndex!: string;
  @Sha256({ description: 'digest of the one-time activation code' }) readonly activationDigest!: string;
  @Text(43, 43, { optional: true, description: 'blind index of the phone' }) readonly phoneIndex?: string;
}

/** Learners are in a class. At most 500 a time. */
export class LearnersEnrolled {
  static readonly type = 'enrollment.learners-enrolled.v1';
  static readonly aggregate = 'classId';

  @Uuid() readonly classId!: string;
  @Uuid() readonly organisationId!: string;
  @List(() => EnrolledLearner, 1, 500) readonly learners!: EnrolledLearner[];
}

export class CompletedLearner {
  @Uuid() readonly enrolmentId!: string;
  @Uuid() readonly personId!: string;
  @Flag({ description: 'passed the completion exam' }) readonly passed!: boolean;
  @Decimal(0, 10000) readonly hours!: number;
}

/** 培训结业: the class is over. Its day starts the training report's thirty. */
export class ClassCompleted {
  static readonly type = 'enrollment.class-completed.v1';
  static readonly aggregate = 'classId';

  @Uuid() readonly classId!: string;
  @Uuid() readonly planId!: string;
  @Uuid() readonly organisationId!: string;
  @Code() readonly cityCode!: string;
  @Nested(() => Subject) readonly subject!: Subject;
  @Day() readonly completedOn!: string;
  @List(() => CompletedLearner, 0, 500) readonly learners!: CompletedLearner[];
}

export class TrainingCertificate {
  @Uuid() readonly trainingCertificateId!: string;
  @Uuid() readonly enrolmentId!: string;
  @Uuid() readonly personId!: string;
  @Text(1, 60, { nullable: true, description: 'the issuer’s number; null: 待核实, no official format is known' })
  readonly number!: string | null;
}

/** 培训合格证书 are issued to those who finished the hours and passed. */
export class TrainingCertificatesIssued {
  static readonly type = 'enrollment.training-certificates-issued.v1';
  static readonly aggregate = 'classId';

  @Uuid() readonly classId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly issuedOn!: string;
  @List(() => TrainingCertificate, 1, 500) readonly certificates!: TrainingCertificate[];
}

/** The roster and the account of the training are with the department. */
export class TrainingReportFiled {
  static readonly type = 'enrollment.training-report-filed.v1';
  static readonly aggregate = 'classId';

  @Uuid() readonly classId!: string;
  @Uuid() readonly organisationId!: string;
  @Uuid() readonly reportId!: string;
  @Instant() readonly filedAt!: string;
  @Day() readonly filedOn!: string;
  @Int(0, 500) readonly enrolled!: number;
  @Int(0, 500) readonly completed!: number;
  @Int(0, 500) readonly passed!: number;
}

/** 开班. */
export class ClassStarted {
  static readonly type = 'enrollment.class-started.v1';
  static readonly aggregate = 'classId';

  @Uuid() readonly classId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly startedOn!: string;
}

/** The dates of a class have changed. */
export class ClassRescheduled {
  static readonly type = 'enrollment.class-rescheduled.v1';
  static readonly aggregate = 'classId';

  @Uuid() readonly classId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly startsOn!: string;
  @Day() readonly endsOn!: string;
}

/** A class does not take place. */
export class ClassCancelled {
  static readonly type = 'enrollment.class-cancelled.v1';
  static readonly aggregate = 'classId';

  @Uuid() readonly classId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly cancelledOn!: string;
}

export class WithdrawnEnrolment {
  @Uuid() readonly enrolmentId!: string;
  @Uuid() readonly personId!: string;
  @Code({ description: 'why, such as own-wish, moved, entered-wrongly' }) readonly reason!: string;
}

/** 退班. Whoever moves to another class leaves this one and is enrolled anew in the other. */
export class EnrolmentsWithdrawn {
  static readonly type = 'enrollment.enrolments-withdrawn.v1';
  static readonly aggregate = 'classId';

  @Uuid() readonly classId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly withdrawnOn!: string;
  @List(() => WithdrawnEnrolment, 1, 500) readonly enrolments!: WithdrawnEnrolment[];
}

/** Who was there at a lesson; what is recorded again replaces what was recorded before. */
export class AttendanceRecorded {
  static readonly type = 'enrollment.attendance-recorded.v1';
  static readonly aggregate = 'classId';

  @Uuid() readonly classId!: string;
  @Uuid() readonly lessonId!: string;
  @Uuid() readonly organisationId!: string;
  @Code() readonly cityCode!: string;
  @Day() readonly on!: string;
  @Flag({ description: 'a lesson in person, at a place' }) readonly offline!: boolean;
  @Uuids(500) readonly present!: string[];
}

/** What is known of a person has changed: another name, another document. The person stays the same one. */
export class PersonAmended {
  static readonly type = 'enrollment.person-amended.v1';
  static readonly aggregate = 'personId';

  @Uuid() readonly personId!: string;
  @Int(2, 1000) readonly version!: number;
  @SealedText() readonly name!: string;
  @Text(1, 40) readonly documentKind!: string;
  @SealedText() readonly documentNumber!: string;
  @Text(43, 43) readonly numberIndex!: string;
  @Text(43, 43) readonly nameIndex!: string;
  @Text(1, 60, { optional: true, description: 'for who must not read the name' }) readonly maskedName?: string;
}

/** Two entries were one person: the one goes on under the other's id, with one history. */
export class PersonsMerged {
  static readonly type = 'enrollment.persons-merged.v1';
  static readonly aggregate = 'personId';

  @Uuid({ description: 'the one that stays' }) readonly personId!: string;
  @Uuid({ description: 'an alias from now on' }) readonly mergedPersonId!: string;
  @Instant() readonly mergedAt!: string;
}

/** 培训合格证书 corrected or revoked. */
export class TrainingCertificateAmended {
  static readonly type = 'enrollment.training-certificate-amended.v1';
  static readonly aggregate = 'classId';

  @Uuid() readonly classId!: string;
  @Uuid() readonly organisationId!: string;
  @Uuid() readonly trainingCertificateId!: string;
  @Uuid() readonly enrolmentId!: string;
  @Uuid() readonly personId!: string;
  @OneOf(['corrected', 'revoked']) readonly kind!: string;
  @Day() readonly amendedOn!: string;
  @Text(1, 60, { nullable: true }) readonly number!: string | null;
}
