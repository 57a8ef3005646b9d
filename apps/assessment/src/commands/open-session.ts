import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Int, Prose, SessionOpened, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, Directory, refuseIf, row, schedule, sql } from '@shuzheng/platform';
import { addDays, endOfDayShanghai } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { findPlan, siteFacts } from '../data/session-plan.js';
import { coverOn } from '../data/sessions.js';
import { reasonsNotToOpen } from '../domain/opening.js';
import { sessionSerial } from '../domain/qualifying.js';

export class SessionReceipt {
  @Uuid() readonly sessionId!: string;
}

/** Open a session under a filed exam plan: from here on, or from a later day on, candidates may apply. */
export class OpenSession extends Command<SessionReceipt> {
  @Uuid({ description: '考核计划' }) readonly planId!: string;
  @Day({ description: '理论知识考试日期' }) readonly theoryOn!: string;
  @Day({ description: '专业能力考核日期' }) readonly abilityOn!: string;
  @Prose(1, 200, { description: '考核地点' }) readonly site!: string;
  @Uuid({ optional: true, description: '已登记的考点；填写后按考点席位核对' }) readonly siteId?: string;
  @Int(1, 5000) readonly seats!: number;
  @Day({ optional: true, description: '开放申报的日期；不填则立即开放' }) readonly opensOn?: string;
}

@CommandHandler(OpenSession)
export class OpenSessionHandler implements ICommandHandler<OpenSession> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly directory: Directory,
  ) {}

  execute({ planId, theoryOn, abilityOn, seats, ...given }: OpenSession) {
    return this.db.transaction(async (tx) => {
      const { examFrom, examTo, filed, withdrawn, trainingPlanId, ...about } = await findPlan(tx, planId);
      const { organisationId, cityCode, ...subject } = about;
      const papers = { theoryOn, abilityOn };
      const [siteId, opensOn] = [given.siteId ?? null, this.laterDay(given.opensOn)];
      const cover = await coverOn(tx, this.directory, { organisationId, subject, days: [theoryOn, abilityOn] });
      const [plan, site] = [{ filed, withdrawn, examFrom, examTo }, await siteFacts(tx, siteId, papers)];
      refuseIf(reasonsNotToOpen({ plan, papers, seats, site, opensOn, coverFaults: cover.faults }));

      const sessionId = randomUUID();
      const serial = await nextSerial(tx, this.clock.today());
      const { occupationCode, edition, level, direction } = subject;
      await sql(tx, insert, [
        ...[sessionId, serial, planId, organisationId, cityCode, occupationCode, edition, level, direction],
        ...[theoryOn, abilityOn, given.site, seats, cover.entries, this.clock.now(), trainingPlanId],
        ...[siteId, opensOn, opensOn === null ? 'open' : 'planned'],
      ]);
      if (opensOn === null)
        announce(tx, SessionOpened, { sessionId, planId, organisationId, cityCode, subject, ...papers });
      else await schedule(tx, 'open-session', sessionId, endOfDayShanghai(addDays(opensOn, -1)), { sessionId });
      await this.audit.note({ subject: `session:${sessionId}`, detail: { seats, serial, opensOn } });
      return { sessionId };
    });
  }

  /** A day that has come means at once. */
  private laterDay(opensOn: string | undefined) {
    return opensOn !== undefined && opensOn > this.clock.today() ? opensOn : null;
  }
}

const insert = `
  insert into session (id, serial, plan_id, organisation_id, city_code, occupation_code, edition, level, direction,
    theory_on, ability_on, site, seats, entries, opened_at, training_plan_id, site_id, opens_on, state)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`;

/** The row stays locked until the session is there, so a number is given away only together with a session. */
async function nextSerial(tx: EntityManager, today: string) {
  const year = Number(today.slice(0, 4));
  const given = await row<{ last: number }>(
    tx,
    `insert into session_serial (year, last) values ($1, 1)
     on conflict (year) do update set last = session_serial.last + 1 returning last`,
    [year],
  );
  return sessionSerial(year, given?.last ?? 1);
}
