import { calendars, coverReasons, directory, organisations, ruleRecords, type Service } from '@shuzheng/platform';
import { AssessmentModule } from './assessment.module.js';
import { migrations } from './data/migrations.js';
import { reasons } from './domain/reasons.js';
import { WhenClassCompleted } from './reactions/when-class-completed.js';
import { WhenExamPlanFiled } from './reactions/when-exam-plan-filed.js';
import { WhenRowsDecided } from './reactions/when-rows-decided.js';

export const assessment: Service = {
  name: 'assessment',
  title: '考核评价',
  module: AssessmentModule,
  migrations,
  copies: [organisations, directory, ruleRecords, calendars],
  projections: ['known_exam_plan', 'known_person', 'known_completion', 'known_decision'],
  reactions: [WhenExamPlanFiled, WhenClassCompleted, WhenRowsDecided],
  timers: [],
  keys: ['seal', 'event', 'index'],
  reasons: { ...coverReasons, ...reasons },
};
