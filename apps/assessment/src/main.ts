import { host, readConfig, stopOnSignals } from '@shuzheng/platform';
import { assessment } from './index.js';

stopOnSignals(await host([assessment], readConfig()));
