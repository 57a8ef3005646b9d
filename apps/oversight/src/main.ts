import { serve } from '@shuzheng/platform';
import { oversight } from './index.js';

await serve([oversight]);
