import { calendars, coverReasons, directory, organisations, ruleRecords, type Service } from '@shuzheng/platform';
import { cellReasons, workbookReasons } from '@shuzheng/workbooks';
import { migrations } from './data/migrations.js';
import { reasons } from './domain/reasons.js';
import { EnrollmentModule } from './enrollment.module.js';
import { ArchiveClasses } from './reactions/archive-classes.js';
import { WhenDueDayExtended } from './reactions/when-due-day-extended.js';
import { WhenStaffRecorded } from './reactions/when-staff-recorded.js';
import { WhenExamPlanAnswered } from './reactions/when-exam-plan-answered.js';
import { WhenSessionOpened } from './reactions/when-session-opened.js';

export const enrollment: Service = {
  name: 'enrollment',
  title: '培训与学员',
  module: EnrollmentModule,
  migrations,
  copies: [organisations, directory, ruleRecords, calendars],
  projections: ['exam_plan_session', 'known_staff'],
  reactions: [WhenExamPlanAnswered, WhenSessionOpened, WhenDueDayExtended, WhenStaffRecorded],
  timers: [ArchiveClasses],
  keys: ['seal', 'event', 'index'],
  reasons: { ...coverReasons, ...workbookReasons, ...cellReasons, ...reasons },
};
