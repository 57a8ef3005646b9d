import { WhenAccessChanged } from './when-access-changed.js';
import { WhenBatchReceived } from './when-batch-received.js';
import { WhenCandidatesQualified } from './when-candidates-qualified.js';
import { WhenCertificateChanged } from './when-certificate-changed.js';
import { WhenCertificatesIssued } from './when-certificates-issued.js';
import { WhenClassChanged } from './when-class-changed.js';
import { WhenClassCompleted } from './when-class-completed.js';
import { WhenClassOpened } from './when-class-opened.js';
import { WhenExamPlanAgreed } from './when-exam-plan-agreed.js';
import { WhenExamPlanDrafted } from './when-exam-plan-drafted.js';
import { WhenFilingAnswered } from './when-filing-answered.js';
import { WhenLearnersEnrolled } from './when-learners-enrolled.js';
import { WhenNationalReplyRecorded } from './when-national-reply-recorded.js';
import { WhenPackageSent } from './when-package-sent.js';
import { WhenPartClockSet } from './when-part-clock-set.js';
import { WhenPersonsMerged } from './when-persons-merged.js';
import { WhenResultReportFiled } from './when-result-report-filed.js';
import { WhenResultsReleased } from './when-results-released.js';
import { WhenRowsDecided } from './when-rows-decided.js';
import { WhenRowsProposed } from './when-rows-proposed.js';
import { WhenRowsTakenOut } from './when-rows-taken-out.js';
import { WhenSessionOpened } from './when-session-opened.js';
import { WhenSessionSat } from './when-session-sat.js';
import { WhenTrainingPlanFiled } from './when-training-plan-filed.js';
import { WhenTrainingReportFiled } from './when-training-report-filed.js';

/** Everything this service hears, in the order in which it happens. */
export const reactions = [
  WhenTrainingPlanFiled,
  WhenExamPlanDrafted,
  WhenExamPlanAgreed,
  WhenFilingAnswered,
  WhenClassOpened,
  WhenClassChanged,
  WhenLearnersEnrolled,
  WhenClassCompleted,
  WhenTrainingReportFiled,
  WhenSessionOpened,
  WhenCandidatesQualified,
  WhenSessionSat,
  WhenResultsReleased,
  WhenResultReportFiled,
  WhenBatchReceived,
  WhenRowsProposed,
  WhenRowsDecided,
  WhenRowsTakenOut,
  WhenPackageSent,
  WhenNationalReplyRecorded,
  WhenCertificatesIssued,
  WhenCertificateChanged,
  WhenPersonsMerged,
  WhenPartClockSet,
  WhenAccessChanged,
];
