import { AsyncLocalStorage } from 'node:async_hooks';
import { Conflict, Invalid } from '../problem.js';

/** The request behind a use case, as far as the platform needs it. */
export interface Asking {
  readonly operation: string;
  readonly key?: string;
  /** SHA-256 over the route, its parameters and the canonical body. */
  readonly fingerprint: string;
  readonly ifMatch?: string;
}

const current = new AsyncLocalStorage<Asking>();

export const asking = () => current.getStore();
export const whileAsking = <T>(request: Asking, work: () => T): T => current.run(request, work);

/** Amending: the version the caller has read must be the one that stands. */
export function requireVersion(version: number): void {
  const stated = asking()?.ifMatch?.replace(/^(W\/)?"?|"$/g, '');
  if (stated === undefined) throw new Invalid([{ field: 'If-Match', check: 'if-match-missing' }]);
  if (stated !== String(version)) throw new Conflict('stale-version');
}
