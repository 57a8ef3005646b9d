import { Module } from '@nestjs/common';
import { AdvancePrintHandler } from './commands/advance-print.js';
import { ApproveCorrectionHandler } from './commands/approve-correction.js';
import { ApproveReinstatementHandler } from './commands/approve-reinstatement.js';
import { ApproveReplacementHandler } from './commands/approve-replacement.js';
import { ApproveRevocationHandler } from './commands/approve-revocation.js';
import { ApproveSuspensionHandler } from './commands/approve-suspension.js';
import { CheckSampleHandler } from './commands/check-sample.js';
import { DecideRowsHandler } from './commands/decide-rows.js';
import { DismissSignalHandler, DismissSignalsHandler } from './commands/dismiss-signals.js';
import { DrawSampleHandler } from './commands/draw-sample.js';
import { GiveUpRowHandler } from './commands/give-up-row.js';
import { IssueCertificatesHandler } from './commands/issue-certificates.js';
import { OrderPrintsHandler } from './commands/order-prints.js';
import { ProposeRowsHandler } from './commands/propose-rows.js';
import { RecordReplyHandler } from './commands/record-reply.js';
import { RejectAmendmentHandler } from './commands/reject-amendment.js';
import { RequestCorrectionHandler } from './commands/request-correction.js';
import { RequestReinstatementHandler } from './commands/request-reinstatement.js';
import { RequestReplacementHandler } from './commands/request-replacement.js';
import { RequestRevocationHandler } from './commands/request-revocation.js';
import { RequestSuspensionHandler } from './commands/request-suspension.js';
import { SendPackageHandler } from './commands/send-package.js';
import { SetSignalParametersHandler } from './commands/set-signal-parameters.js';
import { VoidNumberHandler } from './commands/void-number.js';
import { WithdrawAmendmentHandler } from './commands/withdraw-amendment.js';
import { Amendments } from './data/amendments.js';
import { Attachments } from './data/attachments.js';
import { CertificateMaker } from './data/certificate-maker.js';
import { CheckCodes } from './data/check-codes.js';
import { IssuedCertificates } from './data/issued-certificates.js';
import { SignalFactsOf } from './data/signal-facts.js';
import { Signals } from './data/signals.js';
import { SigningKey } from './data/signing-key.js';
import { Successors } from './data/successors.js';
import { AmendmentsController } from './http/amendments.controller.js';
import { BatchesController } from './http/batches.controller.js';
import { CertificatesController } from './http/certificates.controller.js';
import { IssueRunsController } from './http/issue-runs.controller.js';
import { LedgerController } from './http/ledger.controller.js';
import { OwnController } from './http/own.controller.js';
import { PackagesController } from './http/packages.controller.js';
import { PrintsController } from './http/prints.controller.js';
import { PublicController } from './http/public.controller.js';
import { RowsController } from './http/rows.controller.js';
import { SamplesController } from './http/samples.controller.js';
import { SignalsController } from './http/signals.controller.js';
import { CompareBatchHandler } from './queries/compare-batch.js';
import { DownloadPackageHandler } from './queries/download-package.js';
import { DraftReplyHandler } from './queries/draft-reply.js';
import { FindAmendmentHandler } from './queries/find-amendment.js';
import { FindBatchHandler } from './queries/find-batch.js';
import { FindCertificateHandler } from './queries/find-certificate.js';
import { FindCheckCodeHandler } from './queries/find-check-code.js';
import { FindCredentialHandler } from './queries/find-credential.js';
import { FindHistoryHandler } from './queries/find-history.js';
import { FindIssueRunHandler } from './queries/find-issue-run.js';
import { FindPackageHandler } from './queries/find-package.js';
import { FindPrintHandler } from './queries/find-print.js';
import { FindValidityHandler } from './queries/find-validity.js';
import { ListAmendmentsHandler } from './queries/list-amendments.js';
import { ListBatchRowsHandler } from './queries/list-batch-rows.js';
import { ListBatchesHandler } from './queries/list-batches.js';
import { ListCertificatesHandler } from './queries/list-certificates.js';
import { ListKeysHandler } from './queries/list-keys.js';
import { ListLedgerHandler } from './queries/list-ledger.js';
import { ListOwnCertificatesHandler } from './queries/list-own-certificates.js';
import { ListPackagesHandler } from './queries/list-packages.js';
import { ListPrintsHandler } from './queries/list-prints.js';
import { ListSampleRowsHandler } from './queries/list-sample-rows.js';
import { ListSamplesHandler } from './queries/list-samples.js';
import { ListSignalHistoryHandler } from './queries/list-signal-history.js';
import { ListSignalRulesHandler } from './queries/list-signal-rules.js';
import { ListSignalsHandler } from './queries/list-signals.js';
import { SumLedgerHandler } from './queries/sum-ledger.js';
import { AssessOpenBatches } from './reactions/assess-open-batches.js';
import { AssessSignals } from './reactions/assess-signals.js';
import { KeepExamFacts } from './reactions/keep-exam-facts.js';
import { KeepStandingFacts } from './reactions/keep-standing-facts.js';
import { KeepTrainingFacts } from './reactions/keep-training-facts.js';
import { PublishSigningKey } from './reactions/publish-signing-key.js';
import { SignAllocated } from './reactions/sign-allocated.js';
import { WhenDueDayExtended } from './reactions/when-due-day-extended.js';
import { WhenPersonsMerged } from './reactions/when-persons-merged.js';
import { WhenResultReportFiled } from './reactions/when-result-report-filed.js';
import { WhenResultVoided } from './reactions/when-result-voided.js';
import { WhenReturnsGivenUp } from './reactions/when-returns-given-up.js';

const commands = [
  ProposeRowsHandler,
  DecideRowsHandler,
  DismissSignalHandler,
  DismissSignalsHandler,
  DrawSampleHandler,
  CheckSampleHandler,
  SetSignalParametersHandler,
  SendPackageHandler,
  RecordReplyHandler,
  IssueCertificatesHandler,
  VoidNumberHandler,
  RequestCorrectionHandler,
  ApproveCorrectionHandler,
  RequestRevocationHandler,
  ApproveRevocationHandler,
  ...[RequestSuspensionHandler, ApproveSuspensionHandler, RequestReinstatementHandler, ApproveReinstatementHandler],
  ...[RequestReplacementHandler, ApproveReplacementHandler, RejectAmendmentHandler, WithdrawAmendmentHandler],
  ...[GiveUpRowHandler, OrderPrintsHandler, AdvancePrintHandler],
];

const queries = [
  ListBatchesHandler,
  FindBatchHandler,
  ListBatchRowsHandler,
  CompareBatchHandler,
  ListSignalsHandler,
  ListSignalHistoryHandler,
  ListSignalRulesHandler,
  ListSamplesHandler,
  ListSampleRowsHandler,
  ListPackagesHandler,
  FindPackageHandler,
  DownloadPackageHandler,
  DraftReplyHandler,
  FindIssueRunHandler,
  ListCertificatesHandler,
  FindCertificateHandler,
  FindCredentialHandler,
  FindCheckCodeHandler,
  ListLedgerHandler,
  SumLedgerHandler,
  ...[ListAmendmentsHandler, FindAmendmentHandler, FindHistoryHandler, FindValidityHandler],
  ...[ListOwnCertificatesHandler, ListPrintsHandler, FindPrintHandler],
  ListKeysHandler,
];

@Module({
  controllers: [
    BatchesController,
    SignalsController,
    SamplesController,
    PackagesController,
    IssueRunsController,
    CertificatesController,
    AmendmentsController,
    PrintsController,
    RowsController,
    OwnController,
    LedgerController,
    PublicController,
  ],
  providers: [
    ...commands,
    ...queries,
    ...[WhenResultReportFiled, WhenResultVoided, WhenReturnsGivenUp, WhenDueDayExtended, WhenPersonsMerged],
    ...[SignAllocated, PublishSigningKey, Amendments, Successors],
    ...[AssessSignals, AssessOpenBatches, KeepExamFacts, KeepTrainingFacts, KeepStandingFacts],
    ...[Signals, SignalFactsOf, Attachments],
    ...[SigningKey, CertificateMaker, CheckCodes, IssuedCertificates],
  ],
})
export class CertificationModule {}
