import { Module } from '@nestjs/common';
import { LookupsController } from './http/lookups.controller.js';
import { Pacing } from './http/pacing.js';
import { PagesController } from './http/pages.controller.js';
import { VerifyCertificateHandler } from './queries/verify-certificate.js';
import { WhenCertificateCorrected } from './reactions/when-certificate-corrected.js';
import { WhenCertificateRevoked } from './reactions/when-certificate-revoked.js';
import { WhenCertificatesIssued } from './reactions/when-certificates-issued.js';
import { WhenCertificateReplaced } from './reactions/when-certificate-replaced.js';
import { WhenCertificateSuspended } from './reactions/when-certificate-suspended.js';
import { StatusListsController } from './http/status-lists.controller.js';
import { FindStatusListHandler } from './queries/find-status-list.js';

@Module({
  controllers: [LookupsController, PagesController, StatusListsController],
  providers: [
    Pacing,
    VerifyCertificateHandler,
    WhenCertificatesIssued,
    WhenCertificateCorrected,
    WhenCertificateRevoked,
    WhenCertificateSuspended,
    WhenCertificateReplaced,
    FindStatusListHandler,
  ],
})
export class VerificationModule {}
