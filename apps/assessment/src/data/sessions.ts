import { actor, type CoverFault, type Directory, Missing, row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { Papers, Subject } from '../domain/subject.js';

export interface Session extends Subject, Papers {
  readonly id: string;
  readonly serial: string;
  readonly organisationId: string;
  readonly cityCode: string;
  readonly state: string;
  readonly seats: number;
  readonly taken: number;
  readonly lastAdmission: number;
}

const columns = `
  id, serial, organisation_id as "organisationId", city_code as "cityCode", occupation_code as "occupationCode", edition, level,
  direction, theory_on as "theoryOn", ability_on as "abilityOn", state, seats, taken, last_admission as "lastAdmission"`;

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
