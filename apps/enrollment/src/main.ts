import { serve } from '@shuzheng/platform';
import { enrollment } from './index.js';

await serve([enrollment]);
