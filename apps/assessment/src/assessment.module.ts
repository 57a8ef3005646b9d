import { Module } from '@nestjs/common';
import { DecideObjectionHandler } from './commands/decide-objection.js';
import { KeepEvidenceHandler } from './commands/keep-evidence.js';
import { RaiseObjectionHandler } from './commands/raise-objection.js';
import { RecheckResultHandler } from './commands/recheck-result.js';
import { RecordPatrolHandler } from './commands/record-patrol.js';
import { ListObjectionsHandler } from './queries/list-objections.js';
import { ListPatrolsHandler } from './queries/list-patrols.js';
import { ListEvidenceHandler } from './queries/list-evidence.js';
import { ObjectionsController } from './http/objections.controller.js';
import { InviteLearnersHandler } from './commands/invite-learners.js';
import { LiftDishonestyHandler } from './commands/lift-dishonesty.js';
import { RecordDishonestyHandler } from './commands/record-dishonesty.js';
import { SeatCandidatesHandler } from './commands/seat-candidates.js';
import { FindAdmissionSlipHandler } from './queries/find-admission-slip.js';
import { ListDishonestyHandler } from './queries/list-dishonesty.js';
import { ListInvitationsHandler } from './queries/list-invitations.js';
import { ListSeatsHandler } from './queries/list-seats.js';
import { WriteSeatingHandler } from './queries/write-seating.js';
import { CountPipelineHandler, ListPipelineHandler } from './queries/list-pipeline.js';
import { CandidatesController } from './http/candidates.controller.js';
import { AnswerReturnedHandler } from './commands/answer-returned.js';
import { AnswerExamPlanHandler } from './commands/answer-exam-plan.js';
import { ApplyForExamHandler } from './commands/apply-for-exam.js';
import { CancelSessionHandler } from './commands/cancel-session.js';
import { CloseExamHandler } from './commands/close-exam.js';
import { FileResultReportHandler } from './commands/file-result-report.js';
import { OpenSessionHandler } from './commands/open-session.js';
import { QualifyCandidatesHandler } from './commands/qualify-candidates.js';
import { RecordResultFileHandler } from './commands/record-result-file.js';
import { RecordResultsHandler } from './commands/record-results.js';
import { ReleaseResultsHandler } from './commands/release-results.js';
import { RescheduleSessionHandler } from './commands/reschedule-session.js';
import { VoidResultHandler } from './commands/void-result.js';
import { WithdrawApplicationHandler } from './commands/withdraw-application.js';
import { ReportAnnouncer } from './data/report-announcer.js';
import { ResultBook } from './data/result-book.js';
import { ResultVoider } from './data/result-voider.js';
import { ApplicationsController } from './http/applications.controller.js';
import { ExamPlansController } from './http/exam-plans.controller.js';
import { ResultsController } from './http/results.controller.js';
import { SessionResultsController } from './http/session-results.controller.js';
import { SessionsController } from './http/sessions.controller.js';
import { FindCandidatesHandler } from './queries/find-candidates.js';
import { FindCommitmentHandler } from './queries/find-commitment.js';
import { FindResultReportHandler } from './queries/find-result-report.js';
import { ListApplicationsHandler } from './queries/list-applications.js';
import { FindExamPlanHandler, ListExamPlansHandler } from './queries/list-exam-plans.js';
import { ListMyApplicationsHandler } from './queries/list-my-applications.js';
import { ListMyResultsHandler } from './queries/list-my-results.js';
import { ListOpenSessionsHandler } from './queries/list-open-sessions.js';
import { FindResultHandler, ListResultsHandler } from './queries/list-results.js';
import { ListReturnedHandler } from './queries/list-returned.js';
import { FindSessionHandler, ListSessionsHandler } from './queries/list-sessions.js';
import { WriteAdmissionsHandler } from './queries/write-admissions.js';
import { OpenSessionTimer } from './reactions/open-session.js';
import { WhenClassCompleted } from './reactions/when-class-completed.js';
import { WhenClassScheduled } from './reactions/when-class-scheduled.js';
import { WhenDueDayExtended } from './reactions/when-due-day-extended.js';
import { WhenEnrolmentsWithdrawn } from './reactions/when-enrolments-withdrawn.js';
import { WhenExamPlanFiled } from './reactions/when-exam-plan-filed.js';
import { WhenPersonAmended } from './reactions/when-person-amended.js';
import { WhenRowsDecided } from './reactions/when-rows-decided.js';
import { WhenSiteRecorded } from './reactions/when-site-recorded.js';

const commands = [
  AnswerExamPlanHandler,
  OpenSessionHandler,
  ApplyForExamHandler,
  WithdrawApplicationHandler,
  QualifyCandidatesHandler,
  CloseExamHandler,
  RecordResultFileHandler,
  RecordResultsHandler,
  ReleaseResultsHandler,
  FileResultReportHandler,
  VoidResultHandler,
  AnswerReturnedHandler,
  DecideObjectionHandler,
  KeepEvidenceHandler,
  RaiseObjectionHandler,
  RecheckResultHandler,
  RecordPatrolHandler,
  InviteLearnersHandler,
  LiftDishonestyHandler,
  RecordDishonestyHandler,
  SeatCandidatesHandler,
  RescheduleSessionHandler,
  CancelSessionHandler,
];

const queries = [
  ListExamPlansHandler,
  FindExamPlanHandler,
  ListSessionsHandler,
  ListOpenSessionsHandler,
  FindSessionHandler,
  FindCommitmentHandler,
  ListApplicationsHandler,
  ListMyApplicationsHandler,
  FindCandidatesHandler,
  WriteAdmissionsHandler,
  ListResultsHandler,
  FindResultHandler,
  ListMyResultsHandler,
  ListReturnedHandler,
  FindResultReportHandler,
  FindAdmissionSlipHandler,
  ListDishonestyHandler,
  ListInvitationsHandler,
  ListSeatsHandler,
  WriteSeatingHandler,
  ListPipelineHandler,
  CountPipelineHandler,
  ListObjectionsHandler,
  ListPatrolsHandler,
  ListEvidenceHandler,
];

@Module({
  controllers: [
    ExamPlansController,
    SessionsController,
    SessionResultsController,
    ApplicationsController,
    ResultsController,
    CandidatesController,
    ObjectionsController,
  ],
  providers: [
    ...commands,
    ...queries,
    ResultBook,
    ReportAnnouncer,
    ResultVoider,
    WhenExamPlanFiled,
    WhenClassCompleted,
    WhenRowsDecided,
    WhenEnrolmentsWithdrawn,
    WhenPersonAmended,
    WhenSiteRecorded,
    WhenDueDayExtended,
    WhenClassScheduled,
    OpenSessionTimer,
  ],
})
export class AssessmentModule {}
