import { DueDayExtended } from '@shuzheng/contracts';
import { announce, Missing, row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { LockedClock } from './clock-settings.js';

/** The day the clock is due on now; whoever judges by it is told when it is another one than before. */
export async function announceDueDay(tx: EntityManager, before: LockedClock, decidedOn: string): Promise<string> {
  const now = await row<{ due: string }>(tx, 'select effective_due as due from clock where id = $1', [before.id]);
  if (!now) throw new Missing();
  if (now.due !== before.effectiveDue) {
    const { kind, subjectId, part, organisationId } = before;
    announce(tx, DueDayExtended, {
      ...{ kind, subjectId, part: part ?? 1, organisationId, effectiveDueOn: now.due, decidedOn },
    });
  }
  return now.due;
}
