import { serve } from '@shuzheng/platform';
import { certification } from './index.js';

await serve([certification]);
