import { host, readConfig, stopOnSignals } from '@shuzheng/platform';
import { institutions } from './index.js';

stopOnSignals(await host([institutions], readConfig()));
