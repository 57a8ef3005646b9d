import { run } from '@shuzheng/platform';
import { startEdge } from './edge.js';

await run(startEdge);
