import { organisations, type Service } from '@shuzheng/platform';
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
  copies: [organisations],
  projections: ['clock', 'stage', 'exam_plan', 'plan'],
  reactions,
  timers: [SeedCalendar],
  keys: [],
  reasons,
};
