import { host, readConfig, stopOnSignals } from '@shuzheng/platform';
import { certification } from './index.js';

stopOnSignals(await host([certification], readConfig()));
