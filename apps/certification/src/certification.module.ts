import { Module } from '@nestjs/common';
import { ApproveCorrectionHandler } from './commands/approve-correction.js';
import { ApproveRevocationHandler } from './commands/approve-revocation.js';
import { DecideRowsHandler } from './commands/decide-rows.js';
import { IssueCertificatesHandler } from './commands/issue-certificates.js';
import { ProposeRowsHandler } from './commands/propose-rows.js';
import { RecordReplyHandler } from './commands/record-reply.js';
import { RequestCorrectionHandler } from './commands/request-correction.js';
import { RequestRevocationHandler } from './commands/request-revocation.js';
import { SendPackageHandler } from './commands/send-package.js';
import { VoidNumberHandler } from './commands/void-number.js';
import { CertificateMaker } from './data/certificate-maker.js';
import { CheckCodes } from './data/check-codes.js';
import { IssuedCertificates } from './data/issued-certificates.js';
import { SigningKey } from './data/signing-key.js';
import { AmendmentsController } from './http/amendments.controller.js';
import { BatchesController } from './http/batches.controller.js';
import { CertificatesController } from './http/certificates.controller.js';
import { IssueRunsController } from './http/issue-runs.controller.js';
import { LedgerController } from './http/ledger.controller.js';
import { PackagesController } from './http/packages.controller.js';
import { PublicController } from './http/public.controller.js';
import { DownloadPackageHandler } from './queries/download-package.js';
import { DraftReplyHandler } from './queries/draft-reply.js';
import { FindBatchHandler } from './queries/find-batch.js';
import { FindCertificateHandler } from './queries/find-certificate.js';
import { FindCheckCodeHandler } from './queries/find-check-code.js';
import { FindCredentialHandler } from './queries/find-credential.js';
import { FindIssueRunHandler } from './queries/find-issue-run.js';
import { FindPackageHandler } from './queries/find-package.js';
import { ListBatchRowsHandler } from './queries/list-batch-rows.js';
import { ListBatchesHandler } from './queries/list-batches.js';
import { ListCertificatesHandler } from './queries/list-certificates.js';
import { ListCorrectionsHandler } from './queries/list-corrections.js';
import { ListKeysHandler } from './queries/list-keys.js';
import { ListLedgerHandler } from './queries/list-ledger.js';
import { ListPackagesHandler } from './queries/list-packages.js';
import { ListRevocationsHandler } from './queries/list-revocations.js';
import { SumLedgerHandler } from './queries/sum-ledger.js';
import { PublishSigningKey } from './reactions/publish-signing-key.js';
import { SignAllocated } from './reactions/sign-allocated.js';
import { WhenResultReportFiled } from './reactions/when-result-report-filed.js';

const commands = [
  ProposeRowsHandler,
  DecideRowsHandler,
  SendPackageHandler,
  RecordReplyHandler,
  IssueCertificatesHandler,
  VoidNumberHandler,
  RequestCorrectionHandler,
  ApproveCorrectionHandler,
  RequestRevocationHandler,
  ApproveRevocationHandler,
];

const queries = [
  ListBatchesHandler,
  FindBatchHandler,
  ListBatchRowsHandler,
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
  ListCorrectionsHandler,
  ListRevocationsHandler,
  ListKeysHandler,
];

@Module({
  controllers: [
    BatchesController,
    PackagesController,
    IssueRunsController,
    CertificatesController,
    AmendmentsController,
    LedgerController,
    PublicController,
  ],
  providers: [
    ...commands,
    ...queries,
    ...[WhenResultReportFiled, SignAllocated, PublishSigningKey],
    ...[SigningKey, CertificateMaker, CheckCodes, IssuedCertificates],
  ],
})
export class CertificationModule {}
