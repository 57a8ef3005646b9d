import { organisations, type Service } from '@shuzheng/platform';
import { migrations } from './data/migrations.js';
import { refuseDemoAccounts } from './demo-accounts.js';
import { reasons } from './domain/reasons.js';
import { IdentityModule } from './identity.module.js';
import { WhenLearnersEnrolled } from './reactions/when-learners-enrolled.js';
import { WhenPersonsChange } from './reactions/when-persons-change.js';

export const identity: Service = {
  name: 'identity',
  title: '账号与权限',
  module: IdentityModule,
  migrations,
  copies: [organisations],
  reactions: [WhenLearnersEnrolled, WhenPersonsChange],
  timers: [],
  keys: ['seal', 'index'],
  reasons,
  refuseInProduction: refuseDemoAccounts,
};
