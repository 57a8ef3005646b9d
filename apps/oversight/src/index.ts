import { organisations, ruleRecords, type Service } from '@shuzheng/platform';
import { DailyDigest } from './data/daily-digest.js';
import { migrations } from './data/migrations.js';
import { SeedCalendar } from './data/seed-calendar.js';
import { reasons } from './domain/reasons.js';
import { OversightModule } from './oversight.module.js';
import { reactions } from './reactions/index.js';

export const oversight: Service = {
  name: 'oversight',
  title: '时限与监督',
  module: OversightModule,
  migrations,
  copies: [organisations, ruleRecords],
  projections: [
    ...['clock_event', 'clock', 'data_row', 'candidate', 'trainee', 'person_alias', 'stage', 'exam_plan', 'plan'],
    'recipient',
  ],
  reactions,
  timers: [SeedCalendar, DailyDigest],
  keys: [],
  reasons,
};
