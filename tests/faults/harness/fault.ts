import type { Random } from './random.js';
import type { Registry } from './registry.js';

/** What a fault is given. Everything that chance decides comes from `random`, so that a seed repeats it. */
export interface FaultContext {
  readonly seed: number;
  readonly random: Random;
  /** As part of `npm test`, where it has seconds; otherwise it has minutes. */
  readonly short: boolean;
  readonly say: (line: string) => void;
  /** The registry in parts, under way since the run's first fault asked for it. */
  readonly registry: () => Promise<Registry>;
  /** How many, or how long: `FAULTS_<NAME>` from outside, else what suits the short or the long form. */
  readonly amount: (name: string, long: number, short: number) => number;
}

/** One fault: it arranges, injects, heals, waits for quiet, and throws when a promise was not kept. */
export interface Fault {
  readonly name: string;
  readonly title: string;
  run(context: FaultContext): Promise<void>;
}

/** Where a fault cannot be injected here: it counts as skipped, with the reason, and never as passed. */
export class NotHere extends Error {}

/** Throws what was found, where nothing was to be found. */
export function expectNone(what: string, found: readonly unknown[]) {
  if (found.length === 0) return;
  throw new Error(`${what}: ${found.length}, such as ${JSON.stringify(found.slice(0, 5))}`);
}

export function expectAtLeast(what: string, least: number, found: number) {
  if (found < least) throw new Error(`${what}: ${found}, and it takes at least ${least} to prove anything`);
}

export function expectEqual(what: string, wanted: unknown, found: unknown) {
  const [one, other] = [JSON.stringify(wanted), JSON.stringify(found)];
  if (one !== other) throw new Error(`${what}: ${other} instead of ${one}`);
}
