import { describe } from '@jest/globals';
import { compliance } from './compliance.js';
import { transportAt } from './transports.js';

describe('in one process', () => {
  compliance(() => transportAt('in-process'), [1, 3]);
});
