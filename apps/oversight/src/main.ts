import { host, readConfig, stopOnSignals } from '@shuzheng/platform';
import { oversight } from './index.js';

stopOnSignals(await host([oversight], readConfig()));
