import { readFileSync } from 'node:fs';

// Requests are logged for operators; in a test's output they would bury what failed.
process.env.SHUZHENG_LOG ??= 'fatal';

const swc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));

export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  testMatch: ['<rootDir>/apps/*/src/**/*.spec.ts', '<rootDir>/libs/*/src/**/*.spec.ts', '<rootDir>/tests/**/*.spec.ts'],
  setupFilesAfterEnv: ['<rootDir>/libs/platform/src/testing/checked-answers.ts'],
  modulePathIgnorePatterns: ['/dist/', '/.shuzheng/'],
  testTimeout: 60_000,
  workerIdleMemoryLimit: '600MB',
};
