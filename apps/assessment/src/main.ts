import { serve } from '@shuzheng/platform';
import { assessment } from './index.js';

await serve([assessment]);
