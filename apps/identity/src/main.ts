import { host, readConfig, stopOnSignals } from '@shuzheng/platform';
import { identity } from './index.js';

stopOnSignals(await host([identity], readConfig()));
