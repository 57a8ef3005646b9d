import { host, readConfig, stopOnSignals } from '@shuzheng/platform';
import { enrollment } from './index.js';

stopOnSignals(await host([enrollment], readConfig()));
