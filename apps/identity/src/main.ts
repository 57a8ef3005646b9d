import { serve } from '@shuzheng/platform';
import { identity } from './index.js';

await serve([identity]);
