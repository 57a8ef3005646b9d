export { makeKeys } from '../keys.js';
export { Caller, type CallOptions } from './caller.js';
export { asSuperuser, TEST_SECRET, type TestDatabase, testDatabase } from './databases.js';
export { meeting, queued, rounds } from './meeting.js';
export { ServiceUnderTest, type TestOptions } from './service-under-test.js';
export { Token } from './token.js';
