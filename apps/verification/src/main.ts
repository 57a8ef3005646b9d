import { host, readConfig, stopOnSignals } from '@shuzheng/platform';
import { verification } from './index.js';

stopOnSignals(await host([verification], readConfig()));
