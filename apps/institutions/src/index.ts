import type { Service } from '@shuzheng/platform';
import { cellReasons, workbookReasons } from '@shuzheng/workbooks';
import { migrations } from './data/migrations.js';
import { reasons } from './domain/reasons.js';
import { InstitutionsModule } from './institutions.module.js';
import { LoadReferenceData } from './reactions/load-reference-data.js';

export const institutions: Service = {
  name: 'institutions',
  title: '机构与目录',
  module: InstitutionsModule,
  migrations,
  copies: [],
  reactions: [],
  timers: [LoadReferenceData],
  keys: ['seal', 'index'],
  reasons: { ...workbookReasons, ...cellReasons, ...reasons },
};
