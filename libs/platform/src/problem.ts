import type { ShapeFault } from '@shuzheng/contracts';
import type { RowFault } from './reasons.js';

/** A rule said no. Expected, explained to the caller, never logged as an error. */
export class Refused extends Error {
  constructor(
    readonly reasons: readonly string[],
    /** Faults tied to the rows of a file or to the caller's references. */
    readonly rows: readonly RowFault[] = [],
  ) {
    super(reasons.join(', '));
  }
}

/** Stops the use case when a rule is broken; all of the broken rules are told. */
export function refuseIf(reasons: readonly string[]): void {
  if (reasons.length > 0) throw new Refused(reasons);
}

/** The thing a request points at does not exist, or the caller may not know that it does. */
export class Missing extends Error {}

/** The request breaks its own shape; each fault says where. */
export class Invalid extends Error {
  constructor(readonly faults: readonly ShapeFault[]) {
    super(faults.map(({ field }) => field).join(', '));
  }
}

/** Nobody is signed in, or no longer. */
export class NotSignedIn extends Error {
  constructor(readonly code = 'not-signed-in') {
    super(code);
  }
}

/** The caller's own permission is missing. */
export class NotPermitted extends Error {
  constructor(readonly permission: string) {
    super(permission);
  }
}

export type ConflictCode = 'in-progress' | 'stale-version' | 'not-yet-known';

/** The same may well succeed a little later, or after reading again. */
export class Conflict extends Error {
  constructor(
    readonly code: ConflictCode,
    readonly retryAfterSeconds?: number,
  ) {
    super(code);
  }
}

export class TooMany extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super('too-many-requests');
  }
}

/** Something that a use case needs is away; trying again may well succeed. `code` tells an operator what was said. */
export class Unavailable extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** A file that was kept is not there, or is no longer what it was: somebody has to look, trying again does not help. */
export class FileUnreadable extends Error {
  constructor(readonly code: 'FILE_MISSING' | 'FILE_DAMAGED') {
    super(code === 'FILE_MISSING' ? 'a stored file is not there' : 'a stored file is not what its digest says');
  }
}

/** What another service announces has not arrived here yet. */
export const notYetKnown = () => new Conflict('not-yet-known', 1);
