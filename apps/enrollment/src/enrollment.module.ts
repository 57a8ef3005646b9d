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
import { CloseTrainingPlanHandler } from './commands/close-training-plan.js';
import { WithdrawTrainingPlanHandler } from './commands/withdraw-training-plan.js';
import { CloseExamPlanHandler } from './commands/close-exam-plan.js';
import { WithdrawExamPlanHandler } from './commands/withdraw-exam-plan.js';
import { ReturnFilingHandler } from './commands/return-filing.js';
import { ListPlanVersionsHandler } from './queries/list-plan-versions.js';
import { FindFilingHandler } from './queries/find-filing.js';
import { CompareFilingsHandler } from './queries/compare-filings.js';
import { PlanStatuses } from './data/plan-status.js';
import { WhenSessionOpened } from './reactions/when-session-opened.js';
import { AgeRules } from './data/age-rules.js';
import { PersonAmendments } from './data/person-amendments.js';
import { ProposePersonAmendmentHandler } from './commands/propose-person-amendment.js';
import { ApprovePersonAmendmentHandler } from './commands/approve-person-amendment.js';
import { RefusePersonAmendmentHandler } from './commands/refuse-person-amendment.js';
import { ProposeMergeHandler } from './commands/propose-merge.js';
import { ConfirmMergeHandler } from './commands/confirm-merge.js';
import { PutMergeAsideHandler } from './commands/put-merge-aside.js';
import { ApproveMergeHandler } from './commands/approve-merge.js';
import { LookUpPersonHandler } from './commands/look-up-person.js';
import { ListPersonAmendmentsHandler } from './queries/list-person-amendments.js';
import { ListMergeProposalsHandler } from './queries/list-merge-proposals.js';
import { ListMyEnrolmentsHandler } from './queries/list-my-enrolments.js';
import { ListMyHoursHandler } from './queries/list-my-hours.js';
import { PersonsController } from './http/persons.controller.js';
import { MyController } from './http/my.controller.js';
import { Announcements } from './data/announcements.js';
import { AcknowledgeAnnouncementHandler } from './commands/acknowledge-announcement.js';
import { WithdrawAnnouncementHandler } from './commands/withdraw-announcement.js';
import { ReplaceAnnouncementHandler } from './commands/replace-announcement.js';
import { ListKeptAnnouncementsHandler } from './queries/list-kept-announcements.js';
import { ArchiveClassHandler } from './commands/archive-class.js';
import { CancelClassHandler } from './commands/cancel-class.js';
import { ChangeLessonHandler } from './commands/change-lesson.js';
import { RemoveLessonHandler } from './commands/remove-lesson.js';
import { MarkAttendanceHandler } from './commands/mark-attendance.js';
import { KeepEvidenceHandler } from './commands/keep-evidence.js';
import { MoveEnrolmentHandler } from './commands/move-enrolment.js';
import { WithdrawEnrolmentsHandler } from './commands/withdraw-enrolments.js';
import { RescheduleClassHandler } from './commands/reschedule-class.js';
import { ProveHoursHandler } from './commands/prove-hours.js';
import { CorrectTrainingCertificateHandler } from './commands/correct-training-certificate.js';
import { ProposeCertificateRevocationHandler } from './commands/propose-certificate-revocation.js';
import { DecideCertificateRevocationHandler } from './commands/decide-certificate-revocation.js';
import { AmendTrainingReportHandler } from './commands/amend-training-report.js';
import { Attendances } from './data/attendances.js';
import { Leaving } from './data/leaving.js';
import { Lessons } from './data/lessons.js';
import { OfficeSettings } from './data/office-settings.js';
import { SeatReader } from './data/seat-reader.js';
import { CheckHoursProofHandler } from './queries/check-hours-proof.js';
import { CountClassesHandler } from './queries/count-classes.js';
import { FindLessonHandler } from './queries/find-lesson.js';
import { FindTrainingCertificateHandler } from './queries/find-training-certificate.js';
import { ListCompletionResultsHandler } from './queries/list-completion-results.js';
import { ListEvidenceHandler } from './queries/list-evidence.js';
import { ListHoursHandler } from './queries/list-hours.js';
import { ListHoursProofsHandler } from './queries/list-hours-proofs.js';
import { ListTrainingCertificatesHandler } from './queries/list-training-certificates.js';
import { PreviewTrainingReportHandler } from './queries/preview-training-report.js';
import { ArchiveClasses } from './reactions/archive-classes.js';
import { WhenDueDayExtended } from './reactions/when-due-day-extended.js';
import { WhenStaffRecorded } from './reactions/when-staff-recorded.js';
import { LessonsController } from './http/lessons.controller.js';
import { PapersController } from './http/papers.controller.js';

@Module({
  controllers: [
    TrainingPlansController,
    ExamPlansController,
    FilingsController,
    AnnouncementsController,
    PersonsController,
    MyController,
    ClassesController,
    RostersController,
    EnrolmentsController,
    TeachingController,
    TrainingReportsController,
    LessonsController,
    PapersController,
  ],
  providers: [
    ActivationCodes,
    Announcements,
    Covers,
    Enroller,
    ExamPlanWriter,
    FilingCities,
    AgeRules,
    People,
    PlanStatuses,
    PersonAmendments,
    RosterReader,
    WhenSessionOpened,
    WhenExamPlanAnswered,
    DraftTrainingPlanHandler,
    AmendTrainingPlanHandler,
    FileTrainingPlanHandler,
    CloseTrainingPlanHandler,
    WithdrawTrainingPlanHandler,
    DraftExamPlanHandler,
    AmendExamPlanHandler,
    FileExamPlanHandler,
    CloseExamPlanHandler,
    WithdrawExamPlanHandler,
    GiveReceiptHandler,
    ReturnFilingHandler,
    PublishAnnouncementHandler,
    AcknowledgeAnnouncementHandler,
    WithdrawAnnouncementHandler,
    ReplaceAnnouncementHandler,
    OpenClassHandler,
    EnrollLearnersHandler,
    UploadRosterHandler,
    WithdrawEnrolmentHandler,
    ProposePersonAmendmentHandler,
    ApprovePersonAmendmentHandler,
    RefusePersonAmendmentHandler,
    ProposeMergeHandler,
    ConfirmMergeHandler,
    PutMergeAsideHandler,
    ApproveMergeHandler,
    LookUpPersonHandler,
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
    ListPlanVersionsHandler,
    ListExamPlansHandler,
    FindExamPlanHandler,
    ListFilingsHandler,
    FindFilingHandler,
    CompareFilingsHandler,
    FindReceiptHandler,
    ListAnnouncementsHandler,
    ListPersonAmendmentsHandler,
    ListMergeProposalsHandler,
    ListMyEnrolmentsHandler,
    ListMyHoursHandler,
    ListKeptAnnouncementsHandler,
    ListClassesHandler,
    FindClassHandler,
    ListEnrolmentsHandler,
    ListLessonsHandler,
    ListTrainingReportsHandler,
    FindTrainingReportHandler,
    ArchiveClassHandler,
    CancelClassHandler,
    ChangeLessonHandler,
    RemoveLessonHandler,
    MarkAttendanceHandler,
    KeepEvidenceHandler,
    MoveEnrolmentHandler,
    WithdrawEnrolmentsHandler,
    RescheduleClassHandler,
    ProveHoursHandler,
    CorrectTrainingCertificateHandler,
    ProposeCertificateRevocationHandler,
    DecideCertificateRevocationHandler,
    AmendTrainingReportHandler,
    Attendances,
    Leaving,
    Lessons,
    OfficeSettings,
    SeatReader,
    CheckHoursProofHandler,
    CountClassesHandler,
    FindLessonHandler,
    FindTrainingCertificateHandler,
    ListCompletionResultsHandler,
    ListEvidenceHandler,
    ListHoursHandler,
    ListHoursProofsHandler,
    ListTrainingCertificatesHandler,
    PreviewTrainingReportHandler,
    ArchiveClasses,
    WhenDueDayExtended,
    WhenStaffRecorded,
  ],
})
export class EnrollmentModule {}
