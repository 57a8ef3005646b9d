import type { Type } from '@nestjs/common';

export interface CopyChange {
  /** From 200, and no other change of any copy has it. */
  readonly number: number;
  readonly name: string;
  readonly schema: string;
}

/** What a service needs to know of another one: it hears it, and keeps it in a table of its own. */
export interface Copy {
  readonly name: string;
  /** Made by the migration, in the service's schema. */
  readonly schema: string;
  /** What was added to it since a release: run wherever the copy is kept, also where `schema` already says so. */
  readonly changes?: readonly CopyChange[];
  /** What it is made of, for a rebuild. */
  readonly tables: readonly string[];
  /** The class that hears and answers; one of it lives in each service that keeps the copy. */
  readonly keeper: Type;
}

/** Of several events about one thing in a batch, the last: one statement cannot write a row twice. */
export const latestOf = <E>(events: readonly E[], keyOf: (event: E) => string | number): E[] => [
  ...new Map(events.map((event) => [keyOf(event), event])).values(),
];
