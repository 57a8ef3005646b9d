import { AsyncLocalStorage } from 'node:async_hooks';

/** How far somebody's eyes and hands go. */
export type Reach = 'none' | 'public' | 'self' | 'organisation' | 'city' | 'province' | 'system';

/** Who asks, and on whose behalf. */
export interface Actor {
  readonly reach: Reach;
  readonly accountId?: string;
  readonly organisationId?: string;
  /** The division code of a city officer's city. */
  readonly cityCode?: string;
  /** The person a learner or candidate is. */
  readonly personId?: string;
  readonly permissions: readonly string[];
  /** Joins everything that one request or one event set going. */
  readonly correlationId?: string;
  /** The event that caused this, if one did. */
  readonly causationId?: string;
  readonly traceparent?: string;
}

export const nobody: Actor = { reach: 'none', permissions: [] };
/** Reactions and timers: the registry itself. */
export const system: Actor = { reach: 'system', permissions: [] };

const acting = new AsyncLocalStorage<Actor>();

/** Who asks now; nobody where nothing was said. */
export const actor = (): Actor => acting.getStore() ?? nobody;

/** Runs `work` on behalf of `who`. */
export const actingAs = <T>(who: Actor, work: () => T): T => acting.run(who, work);
