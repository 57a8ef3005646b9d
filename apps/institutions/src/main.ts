import { serve } from '@shuzheng/platform';
import { institutions } from './index.js';

await serve([institutions]);
