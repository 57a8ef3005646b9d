import { Module } from '@nestjs/common';
import { AmendExamPlanHandler } from './commands/amend-exam-plan.js';
import { AmendTrainingPlanHandler } from './commands/amend-training-plan.js';
import { CompleteClassHandler } from './commands/complete-class.js';
import { DraftExamPlanHandler } from './commands/draft-exam-plan.js';
import { DraftTrainingPlanHandler } from './commands/draft-training-plan.js';
import { EnrollLearnersHandler } from './commands/enroll-learners.js';
import { FileExamPlanHandler } from './commands/file-exam-plan.js';
import { FileTrainingPlanHandler } from './commands/file-training-plan.js';
import { FileTrainingReportHandler } from './commands/file-training-report.js';
import { GiveReceiptHandler } from './commands/give-receipt.js';
import { IssueTrainingCertificatesHandler } from './commands/issue-training-certificates.js';
import { OpenClassHandler } from './commands/open-class.js';
import { PublishAnnouncementHandler } from './commands/publish-announcement.js';
import { RecordAttendanceHandler } from './commands/record-attendance.js';
import { RecordCompletionResultsHandler } from './commands/record-completion-results.js';
import { RecordLessonsHandler } from './commands/record-lessons.js';
import { RevealActivationCodesHandler } from './commands/reveal-activation-codes.js';
import { StartClassHandler } from './commands/start-class.js';
import { UnmaskNumberHandler } from './commands/unmask-number.js';
import { UploadRosterHandler } from './commands/upload-roster.js';
import { WithdrawEnrolmentHandler } from './commands/withdraw-enrolment.js';
import { ActivationCodes } from './data/activation-codes.js';
import { Covers } from './data/covers.js';
import { Enroller } from './data/enroller.js';
import { ExamPlanWriter } from './data/exam-plans.js';
import { FilingCities } from './data/filing-city.js';
import { People } from './data/people.js';
import { RosterReader } from './data/roster-reader.js';
import { AnnouncementsController } from './http/announcements.controller.js';
import { ClassesController } from './http/classes.controller.js';
import { EnrolmentsController } from './http/enrolments.controller.js';
import { ExamPlansController } from './http/exam-plans.controller.js';
import { FilingsController } from './http/filings.controller.js';
import { RostersController } from './http/rosters.controller.js';
import { TeachingController } from './http/teaching.controller.js';
import { TrainingPlansController } from './http/training-plans.controller.js';
import { TrainingReportsController } from './http/training-reports.controller.js';
import { FindClassHandler } from './queries/find-class.js';
import { FindExamPlanHandler } from './queries/find-exam-plan.js';
import { FindReceiptHandler } from './queries/find-receipt.js';
import { FindTrainingPlanHandler } from './queries/find-training-plan.js';
import { FindTrainingReportHandler } from './queries/find-training-report.js';
import { ListAnnouncementsHandler } from './queries/list-announcements.js';
import { ListClassesHandler } from './queries/list-classes.js';
import { ListEnrolmentsHandler } from './queries/list-enrolments.js';
import { ListExamPlansHandler } from './queries/list-exam-plans.js';
import { ListFilingsHandler } from './queries/list-filings.js';
import { ListLessonsHandler } from './queries/list-lessons.js';
import { ListTrainingPlansHandler } from './queries/list-training-plans.js';
import { ListTrainingReportsHandler } from './queries/list-training-reports.js';
import { WhenExamPlanAnswered } from './reactions/when-exam-plan-answered.js';

@Module({
  controllers: [
    TrainingPlansController,
    ExamPlansController,
    FilingsController,
    AnnouncementsController,
    ClassesController,
    RostersController,
    EnrolmentsController,
    TeachingController,
    TrainingReportsController,
  ],
  providers: [
    ActivationCodes,
    Covers,
    Enroller,
    ExamPlanWriter,
    FilingCities,
    People,
    RosterReader,
    WhenExamPlanAnswered,
    DraftTrainingPlanHandler,
    AmendTrainingPlanHandler,
    FileTrainingPlanHandler,
    DraftExamPlanHandler,
    AmendExamPlanHandler,
    FileExamPlanHandler,
    GiveReceiptHandler,
    PublishAnnouncementHandler,
    OpenClassHandler,
    EnrollLearnersHandler,
    UploadRosterHandler,
    WithdrawEnrolmentHandler,
    UnmaskNumberHandler,
    RevealActivationCodesHandler,
    StartClassHandler,
    RecordLessonsHandler,
    RecordAttendanceHandler,
    RecordCompletionResultsHandler,
    CompleteClassHandler,
    IssueTrainingCertificatesHandler,
    FileTrainingReportHandler,
    ListTrainingPlansHandler,
    FindTrainingPlanHandler,
    ListExamPlansHandler,
    FindExamPlanHandler,
    ListFilingsHandler,
    FindReceiptHandler,
    ListAnnouncementsHandler,
    ListClassesHandler,
    FindClassHandler,
    ListEnrolmentsHandler,
    ListLessonsHandler,
    ListTrainingReportsHandler,
    FindTrainingReportHandler,
  ],
})
export class EnrollmentModule {}
