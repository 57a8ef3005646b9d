import { calendars, coverReasons, directory, organisations, ruleRecords, type Service } from '@shuzheng/platform';
import { migrations } from './data/migrations.js';
import { reasons } from './domain/reasons.js';
import { EnrollmentModule } from './enrollment.module.js';
import { WhenExamPlanAnswered } from './reactions/when-exam-plan-answered.js';

export const enrollment: Service = {
  name: 'enrollment',
  title: '培训与学员',
  module: EnrollmentModule,
  migrations,
  copies: [organisations, directory, ruleRecords, calendars],
  reactions: [WhenExamPlanAnswered],
  timers: [],
  keys: ['seal', 'event', 'index'],
  reasons: { ...reasons, ...coverReasons },
};
