import { BadConfiguration } from './bad-configuration.js';
import type { Environment } from './named-together.js';

const [armed, nth = '1'] = (process.env['SHUZHENG_CRASH_AT'] ?? '').split(':');
let reached = 0;

/** Shall this process end at some point? */
export const crashArmed = armed !== '';

/** Every place where a test may end the process as a power cut would. */
const crashPoints = [
  'before-commit',
  'command-before-commit',
  'after-commit',
  'publish-before-mark',
  'effect-before-offset',
  'allocated-before-commit',
  'allocated',
  'signed',
  'issued-before-commit',
  'issued',
  'migrating',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

/** A point that is not there would never be reached, and the test that named it would test nothing. */
export function readCrashPoint(env: Environment): void {
  const [point = '', times = '1', ...more] = (env['SHUZHENG_CRASH_AT'] ?? '').split(':');
  if (point === '' && more.length === 0) return;
  if (!crashPoints.some((one) => one === point) || !/^[1-9]\d*$/.test(times) || more.length > 0) {
    throw new BadConfiguration('SHUZHENG_CRASH_AT', 'write a point that crash.ts knows, or <point>:<nth time>');
  }
}

/**
 * Kills this process at the named point when `SHUZHENG_CRASH_AT=<point>[:nth time]` says so.
 * The production profile refuses to start with that variable set.
 */
export function crashPoint(name: CrashPoint): void {
  if (name !== armed) return;
  reached += 1;
  if (reached === Number(nth)) process.kill(process.pid, 'SIGKILL');
}
