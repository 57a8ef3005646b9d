import { actor, type CoverFault, type Directory, Missing, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { mayMove, sessionMoves, type SessionState } from '../domain/states.js';
import type { Papers, Subject } from '../domain/subject.js';

export interface Session extends Subject, Papers {
  readonly id: string;
  readonly serial: string;
  readonly organisationId: string;
  readonly cityCode: string;
  readonly state: SessionState;
  readonly version: number;
  readonly planId: string;
  readonly siteId: string | null;
  readonly seats: number;
  readonly taken: number;
  readonly lastAdmission: number;
}

const columns = `
  id, serial, organisation_id as "organisationId", city_code as "cityCode", occupation_code as "occupationCode", edition, level,
  direction, theory_on as "theoryOn", ability_on as "abilityOn", state, version, plan_id as "planId",
  site_id as "siteId", seats, taken, last_admission as "lastAdmission"`;

/** The session, for a change: others who change it queue for it. Somebody else's session is not there. */
export async function lockSession(tx: EntityManager, sessionId: string): Promise<Session> {
  const session = await row<Session>(tx, `select ${columns} from session where id = $1 for no key update`, [sessionId]);
  if (!session) throw new Missing();
  return session;
}

/** The same, for those who act for the institution that holds the session: seeing it is not enough. */
export async function lockOwnSession(tx: EntityManager, sessionId: string): Promise<Session> {
  const session = await lockSession(tx, sessionId);
  if (session.organisationId !== actor().organisationId) throw new Missing();
  return session;
}

/** The session a result of one's own institution belongs to, for a change. */
export async function lockSessionOf(tx: EntityManager, resultId: string): Promise<Session> {
  const found = await row<{ sessionId: string }>(
    tx,
    'select session_id as "sessionId" from result where id = $1 and organisation_id = $2',
    [resultId, actor().organisationId],
  );
  if (!found) throw new Missing();
  return lockOwnSession(tx, found.sessionId);
}

/** Moves a locked session on. Where the table has no such move the rules have let something through. */
export async function moveSession(tx: EntityManager, { id, state }: Session, to: SessionState) {
  if (state === to) return;
  if (!mayMove(sessionMoves, state, to)) throw new Error(`a session does not go from ${state} to ${to}`);
  await sql(tx, 'update session set state = $2 where id = $1', [id, to]);
}

/** Does the directory let the institution examine this on each of these days? The entries it does by, and what it lacks. */
export async function coverOn(
  tx: EntityManager,
  directory: Directory,
  { organisationId, subject, days }: { organisationId: string; subject: Subject; days: readonly string[] },
) {
  const { occupationCode, level, direction } = subject;
  const [entries, faults] = [new Set<string>(), new Set<CoverFault>()];
  for (const day of new Set(days)) {
    const cover = await directory.cover(tx, organisationId, {
      role: 'evaluation',
      occupationCode,
      level,
      direction,
      day,
    });
    if ('entryId' in cover) entries.add(cover.entryId);
    else faults.add(cover.missing);
  }
  return { entries: [...entries], faults: [...faults] };
}

/** Cuts a list into the pieces that one event may carry. */
export const inEvents = <T>(list: readonly T[], most = 500): T[][] =>
  Array.from({ length: Math.ceil(list.length / most) }, (_, nth) => list.slice(nth * most, (nth + 1) * most));
