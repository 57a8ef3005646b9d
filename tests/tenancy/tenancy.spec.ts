import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { foreignersSeeNothing } from './foreign.js';
import { allowedHolds, documentHolds, matrixHolds } from './matrix.js';
import { refusalsAreProblems } from './problems.js';
import { tablesHold } from './tables.js';
import { withdrawnAccessEnds } from './withdrawn.js';
import { Tenants } from './world.js';

const tenants = new Tenants();
jest.setTimeout(180_000);
beforeAll(() => tenants.start(), 300_000);
afterAll(() => tenants.stop());

describe('docs/permissions.md', documentHolds);
describe('every operation as every role', () => matrixHolds(tenants));
describe('what is foreign', () => foreignersSeeNothing(tenants));
describe('row-level security alone', () => tablesHold(tenants));
describe('every operation as whoever may', () => allowedHolds(tenants));
describe('withdrawn access', () => withdrawnAccessEnds(tenants));
describe('refusals', () => refusalsAreProblems(tenants));
