import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { actor, Audit, Database } from '@shuzheng/platform';
import { endSessions } from '../data/sessions.js';

/** Sign out: the session can be refreshed no more, and its access token is refused everywhere. */
export class EndSession extends Command<void> {
  constructor(readonly sessionId: string) {
    super();
  }
}

@CommandHandler(EndSession)
export class EndSessionHandler implements ICommandHandler<EndSession> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ sessionId }: EndSession) {
    return this.db.transaction(async (tx) => {
      const { accountId } = actor();
      if (accountId && sessionId) await endSessions(tx, accountId, 'signed-out', { only: sessionId });
      await this.audit.note({ subject: `account:${accountId}` });
    });
  }
}
