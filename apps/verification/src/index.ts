import type { Service } from '@shuzheng/platform';
import { migrations } from './data/migrations.js';
import { reasons } from './domain/reasons.js';
import { WhenCertificateCorrected } from './reactions/when-certificate-corrected.js';
import { WhenCertificateRevoked } from './reactions/when-certificate-revoked.js';
import { WhenCertificatesIssued } from './reactions/when-certificates-issued.js';
import { WhenCertificateReplaced } from './reactions/when-certificate-replaced.js';
import { WhenCertificateSuspended } from './reactions/when-certificate-suspended.js';
import { VerificationModule } from './verification.module.js';

export const verification: Service = {
  name: 'verification',
  title: '公开核验',
  module: VerificationModule,
  migrations,
  copies: [],
  projections: ['certificate_version', 'certificate'],
  reactions: [
    ...[WhenCertificatesIssued, WhenCertificateCorrected, WhenCertificateSuspended, WhenCertificateRevoked],
    WhenCertificateReplaced,
  ],
  timers: [],
  // Names are typed here by strangers and stored nowhere: their index is all that is compared.
  keys: ['index'],
  reasons,
  pages: ['verify', 'verify/*path'],
};
