export { actingAs, actor, nobody, system, type Actor, type Reach } from './actor.js';
export { canonicalDigest, sha256 } from './canonical.js';
export { Clock, FixedClock, instantOf, SystemClock } from './clock.js';
export {
  BadConfiguration,
  type Config,
  type Door,
  readConfig,
  readDoor,
  readMigration,
  readProxies,
  variables,
} from './config.js';
export { calendars, Calendars } from './copies/calendars.js';
export { type Copy, latestOf } from './copies/copy.js';
export {
  type Cover,
  type CoverAsk,
  type CoverFault,
  coverOf,
  coverReasons,
  type DirectoryEntry,
  type Standing,
} from './copies/cover.js';
export { directory, Directory } from './copies/directory.js';
export { type KnownOrganisation, organisations, Organisations } from './copies/organisations.js';
export { type RuleAsk, type RuleRecord, ruleRecords, RuleRecords } from './copies/rule-records.js';
export { crashPoint } from './crash.js';
export { atLast, Database, row, rows, sql, together } from './database.js';
export { type Host, host, type HostOptions, refusedPort } from './host.js';
export { asking, requireVersion } from './http/asking.js';
export type { Request } from './http/access.js';
export { XLSX } from './http/adapter.js';
export { type Listing, type Page, page, PageOf, SortedBy } from './http/listing.js';
export { type EvidenceType, evidenceTypes, GivesEvidence, handOut, MediaType, TakesEvidence } from './http/evidence.js';
export { othersRead, readKey, requireKey } from './key-files.js';
export { makeKeys } from './keys.js';
export { documentOf, merged as mergedDocuments, type OpenApiDocument } from './http/open-api.js';
export { Operation, type OperationOptions } from './http/operation.js';
export { type Claims, tokenMaker } from './http/tokens.js';
export { Id } from './http/validation.js';
export { faultOf, log } from './log.js';
export type { Message } from './messaging/broker.js';
export { announce } from './messaging/event-log.js';
export { createTopics } from './messaging/topics.js';
export { NotYet, On } from './messaging/reactions.js';
export { emptyProjections, producersOf, projectionsOf, rebuild } from './messaging/rebuild.js';
export { forget, resend } from './messaging/rewind.js';
export { migrate, migrationsOf, sqlMigration } from './migrate.js';
export { page as htmlPage } from './pages.js';
export { type KeyName, Personal } from './personal.js';
export {
  Conflict,
  Invalid,
  Missing,
  NotPermitted,
  NotSignedIn,
  notYetKnown,
  Refused,
  refuseIf,
  TooMany,
  Unavailable,
} from './problem.js';
export { run, serve, type Serving } from './process.js';
export { platformReasons, type Reason, type ReasonCatalogue, type RowFault } from './reasons.js';
export { rolePassword } from './roles.js';
export { broken, type Rules } from './rules.js';
export { CONFIG } from './running.js';
export type { Service } from './service.js';
export { surface, type SurfaceOptions } from './surface.js';
export { Audit, type AuditNote } from './work/audit.js';
export { Commands } from './work/commands.js';
export { Evidence } from './work/evidence.js';
export { Files, storeOf } from './work/files.js';
export { schedule, type TimerHandler } from './work/timers.js';
