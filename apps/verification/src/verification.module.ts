import { Module } from '@nestjs/common';
import { LookupsController } from './http/lookups.controller.js';
import { Pacing } from './http/pacing.js';
import { PagesController } from './http/pages.controller.js';
import { VerifyCertificateHandler } from './queries/verify-certificate.js';
import { WhenCertificateCorrected } from './reactions/when-certificate-corrected.js';
import { WhenCertificateRevoked } from './reactions/when-certificate-revoked.js';
import { WhenCertificatesIssued } from './reactions/when-certificates-issued.js';

@Module({
  controllers: [LookupsController, PagesController],
  providers: [
    Pacing,
    VerifyCertificateHandler,
    WhenCertificatesIssued,
    WhenCertificateCorrected,
    WhenCertificateRevoked,
  ],
})
export class VerificationModule {}
