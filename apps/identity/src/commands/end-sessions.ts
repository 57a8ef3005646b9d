import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, Prose, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Database, Missing } from '@shuzheng/platform';
import { chargeOf } from '../data/charge.js';
import { endSessions } from '../data/sessions.js';

export class SessionsEnded {
  @Int(0, 100_000) readonly sessionsEnded!: number;
}

export class SessionsToEnd {
  @Prose(1, 500) readonly reason!: string;
}

/** End the sessions of a member (in this organisation) or, as security administrator, of anybody (everywhere). */
export class EndSessionsOf extends Command<SessionsEnded> {
  constructor(
    readonly accountId: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(EndSessionsOf)
export class EndSessionsOfHandler implements ICommandHandler<EndSessionsOf> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, reason }: EndSessionsOf) {
    return this.db.transaction(async (tx) => {
      const { organisationId } = await chargeOf(tx, accountId);
      const ending = organisationId === null ? {} : { organisationId };
      const sessionsEnded = await endSessions(tx, accountId, 'ended-by-manager', ending);
      await this.audit.note({ subject: `account:${accountId}`, detail: { sessionsEnded, reason } });
      return { sessionsEnded };
    });
  }
}

export class OwnSessionsToEnd {
  @Uuid({ optional: true, description: '只结束这一个；缺省为除本次登录外的全部' }) readonly sessionId?: string;
}

/** End one of one's own sessions, or all but the one that asks. */
export class EndOwnSessions extends Command<SessionsEnded> {
  constructor(
    readonly sessionId: string,
    readonly which: OwnSessionsToEnd,
  ) {
    super();
  }
}

@CommandHandler(EndOwnSessions)
export class EndOwnSessionsHandler implements ICommandHandler<EndOwnSessions> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ sessionId, which: { sessionId: only } }: EndOwnSessions) {
    const { accountId = '' } = actor();
    return this.db.transaction(async (tx) => {
      const ending = only ? { only } : { except: sessionId };
      const sessionsEnded = await endSessions(tx, accountId, 'ended-by-owner', ending);
      if (only && sessionsEnded === 0) throw new Missing();
      await this.audit.note({ subject: `account:${accountId}`, detail: { sessionsEnded } });
      return { sessionsEnded };
    });
  }
}
