import { serve } from '@shuzheng/platform';
import { verification } from './index.js';

await serve([verification]);
