import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Int, Prose, SessionRescheduled, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, Directory, refuseIf, requireVersion, row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { findPlan, siteFacts } from '../data/session-plan.js';
import { coverOn, lockOwnSession, type Session } from '../data/sessions.js';
import { reasonsNotToReschedule } from '../domain/opening.js';
import { firstPaperOn } from '../domain/subject.js';

export class RescheduleReceipt {
  @Uuid() readonly sessionId!: string;
  @Int(1, 100000) readonly version!: number;
}

export class SessionSetting {
  @Day({ description: '理论知识考试日期' }) readonly theoryOn!: string;
  @Day({ description: '专业能力考核日期' }) readonly abilityOn!: string;
  @Prose(1, 200, { optional: true, description: '考核地点；不填则不变' }) readonly site?: string;
  @Uuid({ optional: true, nullable: true, description: '已登记的考点；不填则不变' }) readonly siteId?: string | null;
  @Int(1, 5000, { optional: true, description: '不填则不变' }) readonly seats?: number;
}

/** Give a session other days, another place or other seats before it is sat. */
export class RescheduleSession extends Command<RescheduleReceipt> {
  constructor(
    readonly sessionId: string,
    readonly setting: SessionSetting,
  ) {
    super();
  }
}

@CommandHandler(RescheduleSession)
export class RescheduleSessionHandler implements ICommandHandler<RescheduleSession> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly directory: Directory,
  ) {}

  execute({ sessionId, setting: { theoryOn, abilityOn, ...given } }: RescheduleSession) {
    return this.db.transaction(async (tx) => {
      const session = await lockOwnSession(tx, sessionId);
      requireVersion(session.version);
      const papers = { theoryOn, abilityOn };
      const siteId = given.siteId === undefined ? session.siteId : given.siteId;
      const seats = given.seats ?? session.seats;
      const entries = await this.judge(tx, session, { papers, siteId, seats });

      const changed = await row<{ version: number }>(tx, update, [
        ...[sessionId, theoryOn, abilityOn, given.site ?? null, siteId, seats, entries],
      ]);
      // A session that is still planned was announced to nobody.
      if (session.state === 'open' && (theoryOn !== session.theoryOn || abilityOn !== session.abilityOn))
        announce(tx, SessionRescheduled, { sessionId, organisationId: session.organisationId, ...papers });
      await this.audit.note({ subject: `session:${sessionId}`, detail: { ...papers, seats } });
      return { sessionId, version: changed?.version ?? session.version + 1 };
    });
  }

  /** The directory is asked again: what covered the old days need not cover the new ones. */
  private async judge(tx: EntityManager, session: Session, { papers, siteId, seats }: Wish) {
    const { organisationId, planId, state, taken, id } = session;
    const { examFrom, examTo } = await findPlan(tx, planId);
    const days = [papers.theoryOn, papers.abilityOn];
    const cover = await coverOn(tx, this.directory, { organisationId, subject: session, days });
    const today = this.clock.today();
    refuseIf(
      reasonsNotToReschedule({
        plan: { examFrom, examTo },
        ...{ papers, seats, state, taken, coverFaults: cover.faults },
        site: await siteFacts(tx, siteId, papers, id),
        begun: today > firstPaperOn(session),
        inPast: firstPaperOn(papers) < today,
      }),
    );
    return cover.entries;
  }
}

interface Wish {
  readonly papers: { readonly theoryOn: string; readonly abilityOn: string };
  readonly siteId: string | null;
  readonly seats: number;
}

const update = `
  update session set theory_on = $2, ability_on = $3, site = coalesce($4, site), site_id = $5, seats = $6, entries = $7,
    version = version + 1
  where id = $1 returning version`;
