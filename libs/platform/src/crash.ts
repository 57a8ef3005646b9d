const [armed, nth = '1'] = (process.env['SHUZHENG_CRASH_AT'] ?? '').split(':');
let reached = 0;

/** Shall this process end at some point? */
export const crashArmed = armed !== '';

/** Every place where a test may end the process as a power cut would. */
export type CrashPoint =
  | 'before-commit'
  | 'command-before-commit'
  | 'after-commit'
  | 'publish-before-mark'
  | 'effect-before-offset'
  | 'allocated-before-commit'
  | 'allocated'
  | 'signed'
  | 'issued-before-commit'
  | 'issued'
  | 'migrating';

/**
 * Kills this process at the named point when `SHUZHENG_CRASH_AT=<point>[:nth time]` says so.
 * The production profile refuses to start with that variable set.
 */
export function crashPoint(name: CrashPoint): void {
  if (name !== armed) return;
  reached += 1;
  if (reached === Number(nth)) process.kill(process.pid, 'SIGKILL');
}
