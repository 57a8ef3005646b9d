import { calendars, coverReasons, directory, organisations, ruleRecords, type Service } from '@shuzheng/platform';
import { AssessmentModule } from './assessment.module.js';
import { cellReasons, workbookReasons } from '@shuzheng/workbooks';
import { migrations } from './data/migrations.js';
import { reasons } from './domain/reasons.js';
import { OpenSessionTimer } from './reactions/open-session.js';
import { WhenClassCompleted } from './reactions/when-class-completed.js';
import { WhenClassScheduled } from './reactions/when-class-scheduled.js';
import { WhenDueDayExtended } from './reactions/when-due-day-extended.js';
import { WhenEnrolmentsWithdrawn } from './reactions/when-enrolments-withdrawn.js';
import { WhenExamPlanFiled } from './reactions/when-exam-plan-filed.js';
import { WhenPersonAmended } from './reactions/when-person-amended.js';
import { WhenRowsDecided } from './reactions/when-rows-decided.js';
import { WhenSiteRecorded } from './reactions/when-site-recorded.js';

export const assessment: Service = {
  name: 'assessment',
  title: '考核评价',
  module: AssessmentModule,
  migrations,
  copies: [organisations, directory, ruleRecords, calendars],
  projections: [
    ...['known_exam_plan', 'known_person', 'known_completion', 'known_decision'],
    ...['known_withdrawal', 'known_alias', 'known_exam_site', 'known_extension'],
    'known_class',
  ],
  reactions: [
    ...[WhenExamPlanFiled, WhenClassCompleted, WhenRowsDecided, WhenEnrolmentsWithdrawn],
    ...[WhenPersonAmended, WhenSiteRecorded, WhenDueDayExtended, WhenClassScheduled],
  ],
  timers: [OpenSessionTimer],
  keys: ['seal', 'event', 'index'],
  reasons: { ...coverReasons, ...workbookReasons, ...cellReasons, ...reasons },
};
