import { Code, Day, Decimal, Flag, Instant, Int, List, Nested, OneOf, SealedText, Text, Uuid } from '../fields.js';
import { Subject } from './plans.js';

/** The evaluation institution agrees to an exam plan, or does not. */
export class ExamPlanAnswered {
  static readonly type = 'assessment.exam-plan-answered.v1';
  static readonly aggregate = 'planId';

  @Uuid() readonly planId!: string;
  @Int(1, 1000) readonly version!: number;
  @Uuid() readonly evaluationOrganisationId!: string;
  @Flag() readonly consented!: boolean;
  @Text(1, 500, { nullable: true }) readonly reason!: string | null;
  @Instant() readonly answeredAt!: string;
}

/** An exam session stands open for applications. */
export class SessionOpened {
  static readonly type = 'assessment.session-opened.v1';
  static readonly aggregate = 'sessionId';

  @Uuid() readonly sessionId!: string;
  @Uuid() readonly planId!: string;
  @Uuid() readonly organisationId!: string;
  @Code() readonly cityCode!: string;
  @Nested(() => Subject) readonly subject!: Subject;
  @Day() readonly theoryOn!: string;
  @Day() readonly abilityOn!: string;
}

export class Candidate {
  @Uuid() readonly applicationId!: string;
  @Uuid() readonly personId!: string;
  @Uuid({ description: 'the class the hours come from' }) readonly classId!: string;
}

/** 资格确认: these candidates may sit. */
export class CandidatesQualified {
  static readonly type = 'assessment.candidates-qualified.v1';
  static readonly aggregate = 'sessionId';

  @Uuid() readonly sessionId!: string;
  @Uuid() readonly organisationId!: string;
  @List(() => Candidate, 1, 500) readonly candidates!: Candidate[];
}

/** 考核结束: the last paper is over. Its day starts the result report's thirty. */
export class SessionSat {
  static readonly type = 'assessment.session-sat.v1';
  static readonly aggregate = 'sessionId';

  @Uuid() readonly sessionId!: string;
  @Uuid() readonly organisationId!: string;
  @Code() readonly cityCode!: string;
  @Day() readonly lastPaperOn!: string;
  @Int(0, 5000) readonly candidates!: number;
}

export class ReleasedResult {
  @Uuid() readonly resultId!: string;
  @Uuid() readonly applicationId!: string;
  @Uuid() readonly personId!: string;
  @OneOf(['passed', 'failed', 'absent', 'violation']) readonly outcome!: string;
}

/** Results are final for now: a second person released them. */
export class ResultsReleased {
  static readonly type = 'assessment.results-released.v1';
  static readonly aggregate = 'sessionId';

  @Uuid() readonly sessionId!: string;
  @Uuid() readonly organisationId!: string;
  @Instant() readonly releasedAt!: string;
  @List(() => ReleasedResult, 1, 500) readonly results!: ReleasedResult[];
}

/** One row of the certificate data 证书数据 that goes to the department. */
export class ReportedRow {
  @Uuid() readonly resultId!: string;
  @Uuid() readonly applicationId!: string;
  @Uuid() readonly personId!: string;
  @Uuid() readonly classId!: string;
  @SealedText() readonly name!: string;
  @Text(1, 40) readonly documentKind!: string;
  @SealedText() readonly documentNumber!: string;
  @Text(43, 43) readonly numberIndex!: string;
  @Text(43, 43) readonly nameIndex!: string;
  @Int(1, 20, { description: 'which condition of the standard the applicant claims' }) readonly condition!: number;
  @Decimal(0, 100) readonly theory!: number;
  @Decimal(0, 100) readonly ability!: number;
  @Text(1, 60, { nullable: true, description: 'the issuer’s certificate number where it is known beforehand' })
  readonly certificateNumber!: string | null;
  @Instant({ optional: true, description: 'when the result was recorded' }) readonly recordedAt?: string;
}

/**
 * 证书数据和考核有关情况 are with the department. A report of more than 500 rows comes as several events of one part;
 * a row that was returned comes back in a later part.
 */
export class ResultReportFiled {
  static readonly type = 'assessment.result-report-filed.v1';
  static readonly aggregate = 'sessionId';

  @Uuid() readonly reportId!: string;
  @Uuid() readonly sessionId!: string;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200) readonly organisationName!: string;
  @Code() readonly cityCode!: string;
  @Nested(() => Subject) readonly subject!: Subject;
  @Day() readonly lastPaperOn!: string;
  @Int(1, 1000) readonly part!: number;
  @Instant() readonly filedAt!: string;
  @Day() readonly filedOn!: string;
  @Int(0, 5000) readonly sat!: number;
  @Int(0, 5000) readonly passed!: number;
  @Flag({ description: 'more events of this part follow' }) readonly more!: boolean;
  @List(() => ReportedRow, 0, 500) readonly rows!: ReportedRow[];
}

/** A result no longer counts. Before the department has confirmed its row, the row leaves the batch. */
export class ResultVoided {
  static readonly type = 'assessment.result-voided.v1';
  static readonly aggregate = 'sessionId';

  @Uuid() readonly sessionId!: string;
  @Uuid() readonly organisationId!: string;
  @Uuid() readonly resultId!: string;
  @Uuid() readonly applicationId!: string;
  @Uuid() readonly personId!: string;
  @Code({ description: 'a reason code; the words stay inside' }) readonly reason!: string;
  @Day() readonly voidedOn!: string;
}

/** An objection stands against a result, or is decided: while it is held its row cannot be confirmed. */
export class ResultHoldChanged {
  static readonly type = 'assessment.result-hold-changed.v1';
  static readonly aggregate = 'sessionId';

  @Uuid() readonly sessionId!: string;
  @Uuid() readonly organisationId!: string;
  @Uuid() readonly resultId!: string;
  @Flag() readonly held!: boolean;
  @Day() readonly changedOn!: string;
}

/** A session has other days. */
export class SessionRescheduled {
  static readonly type = 'assessment.session-rescheduled.v1';
  static readonly aggregate = 'sessionId';

  @Uuid() readonly sessionId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly theoryOn!: string;
  @Day() readonly abilityOn!: string;
}

/** A session does not take place. */
export class SessionCancelled {
  static readonly type = 'assessment.session-cancelled.v1';
  static readonly aggregate = 'sessionId';

  @Uuid() readonly sessionId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly cancelledOn!: string;
}

export class ReturnedRow {
  @Uuid() readonly resultId!: string;
  @Int(1, 1000, { description: 'the part that came back' }) readonly part!: number;
}

/** Returned rows that the evaluation institution will not report again; why stays inside. */
export class ReturnsGivenUp {
  static readonly type = 'assessment.returns-given-up.v1';
  static readonly aggregate = 'sessionId';

  @Uuid() readonly sessionId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly givenUpOn!: string;
  @List(() => ReturnedRow, 1, 500) readonly rows!: ReturnedRow[];
}
