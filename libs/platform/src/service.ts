import type { Type } from '@nestjs/common';
import type { ServiceName } from '@shuzheng/contracts';
import type { MigrationInterface } from 'typeorm';
import type { Copy } from './copies/copy.js';
import type { ReasonCatalogue } from './reasons.js';
import type { Database } from './database.js';
import type { KeyName } from './personal.js';
import type { TimerHandler } from './work/timers.js';

/** A service as a value: all that a host needs to know to migrate it and to run it. */
export interface Service {
  readonly name: ServiceName;
  /** What its interface document is called. */
  readonly title: string;
  /** Its table of contents: controllers and handlers. */
  readonly module: Type;
  /** Its own migrations, numbered from 1000. */
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** What it keeps of other services; withdrawals of access are always kept. */
  readonly copies: readonly Copy[];
  /** Its tables that are made of events alone, besides the copies': emptied, they are rebuilt from the log. */
  readonly projections?: readonly string[];
  /** The classes whose `@On` methods hear events; the module provides them. */
  readonly reactions: readonly Type[];
  /** The classes that do what was scheduled; the module provides them. */
  readonly timers: readonly Type<TimerHandler>[];
  /** Which keys it is given. Without `event` it sees personal text in events only sealed. */
  readonly keys: readonly KeyName[];
  /** Every rule it can refuse with. */
  readonly reasons: ReasonCatalogue;
  /**
   * Says in one line, with what to do, why a real registry must not start on this database, such as an account that
   * everybody knows the password of. Asked before anything is served.
   */
  readonly refuseInProduction?: (db: Database) => Promise<string | undefined>;
  /**
   * What it cannot do just now although it serves, such as signing: readiness names it, and is not lost by it. Asked often,
   * and by strangers.
   */
  readonly impaired?: (get: <T>(type: Type<T>) => T) => Promise<string | undefined>;
  /** Paths outside of `/api/v1/<name>` that it serves, such as the public pages. */
  readonly pages?: readonly string[];
}
