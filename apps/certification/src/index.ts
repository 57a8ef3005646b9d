import { calendars, directory, organisations, ruleRecords, type Service } from '@shuzheng/platform';
import { CertificationModule } from './certification.module.js';
import { workbookReasons } from '@shuzheng/workbooks';
import { migrations } from './data/migrations.js';
import { SigningKey } from './data/signing-key.js';
import { reasons } from './domain/reasons.js';
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

export const certification: Service = {
  name: 'certification',
  title: '证书确认与颁发',
  module: CertificationModule,
  migrations,
  copies: [organisations, ruleRecords, calendars, directory],
  projections: [
    'known_class',
    'known_hours',
    'known_attendance',
    'known_phone',
    'known_session',
    'known_candidate',
    'known_recording',
    'known_attachment',
    'voided_result',
    'result_hold',
    'extended_due_day',
    'issue_due_day',
    'person_alias',
  ],
  reactions: [
    ...[WhenResultReportFiled, WhenResultVoided, WhenReturnsGivenUp, WhenDueDayExtended, WhenPersonsMerged],
    ...[KeepExamFacts, KeepTrainingFacts, KeepStandingFacts],
  ],
  timers: [AssessSignals, AssessOpenBatches, SignAllocated, PublishSigningKey],
  keys: ['seal', 'event', 'index'],
  impaired: async (get) => ((await get(SigningKey).signer.away()) ? 'signing-key' : undefined),
  reasons: { ...workbookReasons, ...reasons },
};
