import { Module } from '@nestjs/common';
import { AnswerExamPlanHandler } from './commands/answer-exam-plan.js';
import { ApplyForExamHandler } from './commands/apply-for-exam.js';
import { CloseExamHandler } from './commands/close-exam.js';
import { FileResultReportHandler } from './commands/file-result-report.js';
import { OpenSessionHandler } from './commands/open-session.js';
import { QualifyCandidatesHandler } from './commands/qualify-candidates.js';
import { RecordResultFileHandler } from './commands/record-result-file.js';
import { RecordResultsHandler } from './commands/record-results.js';
import { ReleaseResultsHandler } from './commands/release-results.js';
import { VoidResultHandler } from './commands/void-result.js';
import { WithdrawApplicationHandler } from './commands/withdraw-application.js';
import { ReportAnnouncer } from './data/report-announcer.js';
import { ResultBook } from './data/result-book.js';
import { ApplicationsController } from './http/applications.controller.js';
import { ExamPlansController } from './http/exam-plans.controller.js';
import { ResultsController } from './http/results.controller.js';
import { SessionResultsController } from './http/session-results.controller.js';
import { SessionsController } from './http/sessions.controller.js';
import { FindCandidatesHandler } from './queries/find-candidates.js';
import { FindCommitmentHandler } from './queries/find-commitment.js';
import { FindResultReportHandler } from './queries/find-result-report.js';
import { ListApplicationsHandler, ListMyApplicationsHandler } from './queries/list-applications.js';
import { FindExamPlanHandler, ListExamPlansHandler } from './queries/list-exam-plans.js';
import { ListMyResultsHandler } from './queries/list-my-results.js';
import { ListOpenSessionsHandler } from './queries/list-open-sessions.js';
import { FindResultHandler, ListResultsHandler } from './queries/list-results.js';
import { ListReturnedHandler } from './queries/list-returned.js';
import { FindSessionHandler, ListSessionsHandler } from './queries/list-sessions.js';
import { WriteAdmissionsHandler } from './queries/write-admissions.js';
import { WhenClassCompleted } from './reactions/when-class-completed.js';
import { WhenExamPlanFiled } from './reactions/when-exam-plan-filed.js';
import { WhenRowsDecided } from './reactions/when-rows-decided.js';

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
];

@Module({
  controllers: [
    ExamPlansController,
    SessionsController,
    SessionResultsController,
    ApplicationsController,
    ResultsController,
  ],
  providers: [
    ...commands,
    ...queries,
    ResultBook,
    ReportAnnouncer,
    WhenExamPlanFiled,
    WhenClassCompleted,
    WhenRowsDecided,
  ],
})
export class AssessmentModule {}
