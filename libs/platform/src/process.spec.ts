import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { serve } from './process.js';
import { sample } from './testing/sample-service.js';

class Exit extends Error {}
const before = { ...process.env };
let said = '';

beforeEach(() => {
  said = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  jest.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Exit(String(code));
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.removeAllListeners('uncaughtException');
  process.env = { ...before };
});

it.each([
  ['DATABASE_URL', {}],
  ['SHUZHENG_KEYS', { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' }],
  ['PORT', { PORT: 'x' }],
  [
    'DATABASE_URL',
    { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c', SHUZHENG_KEYS: '/', SHUZHENG_FILES: '/', KAFKA_BROKERS: 'a:1' },
  ],
])('ends the process with one line that names %s', async (name, env) => {
  process.env = env;

  await expect(serve([sample])).rejects.toThrow(new Exit('1'));

  expect(said).toMatch(new RegExp(`^${name}: [^\\n]+\\n$`));
});
