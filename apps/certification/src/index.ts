import { calendars, organisations, ruleRecords, type Service } from '@shuzheng/platform';
import { CertificationModule } from './certification.module.js';
import { migrations } from './data/migrations.js';
import { reasons } from './domain/reasons.js';
import { PublishSigningKey } from './reactions/publish-signing-key.js';
import { SignAllocated } from './reactions/sign-allocated.js';
import { WhenResultReportFiled } from './reactions/when-result-report-filed.js';

export const certification: Service = {
  name: 'certification',
  title: '证书确认与颁发',
  module: CertificationModule,
  migrations,
  copies: [organisations, ruleRecords, calendars],
  reactions: [WhenResultReportFiled],
  timers: [SignAllocated, PublishSigningKey],
  keys: ['seal', 'event', 'index'],
  reasons,
};
