import { WhenBatchReceived } from './when-batch-received.js';
import { WhenCandidatesQualified } from './when-candidates-qualified.js';
import { WhenCertificateRevoked } from './when-certificate-revoked.js';
import { WhenCertificatesIssued } from './when-certificates-issued.js';
import { WhenClassCompleted } from './when-class-completed.js';
import { WhenClassOpened } from './when-class-opened.js';
import { WhenExamPlanDrafted } from './when-exam-plan-drafted.js';
import { WhenLearnersEnrolled } from './when-learners-enrolled.js';
import { WhenNationalReplyRecorded } from './when-national-reply-recorded.js';
import { WhenResultReportFiled } from './when-result-report-filed.js';
import { WhenResultsReleased } from './when-results-released.js';
import { WhenRowsDecided } from './when-rows-decided.js';
import { WhenSessionOpened } from './when-session-opened.js';
import { WhenSessionSat } from './when-session-sat.js';
import { WhenTrainingPlanFiled } from './when-training-plan-filed.js';
import { WhenTrainingReportFiled } from './when-training-report-filed.js';

/** Everything this service hears, in the order in which it happens. */
export const reactions = [
  WhenTrainingPlanFiled,
  WhenExamPlanDrafted,
  WhenClassOpened,
  WhenLearnersEnrolled,
  WhenClassCompleted,
  WhenTrainingReportFiled,
  WhenSessionOpened,
  WhenCandidatesQualified,
  WhenSessionSat,
  WhenResultsReleased,
  WhenResultReportFiled,
  WhenBatchReceived,
  WhenRowsDecided,
  WhenNationalReplyRecorded,
  WhenCertificatesIssued,
  WhenCertificateRevoked,
];
