import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { actor, Audit, Database, sql } from '@shuzheng/platform';

/** Sign out: the session can be refreshed no more. */
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
      await sql(
        tx,
        `update session set ended_at = clock_timestamp(), ended_because = 'signed-out'
         where id = $1 and account_id = $2 and ended_at is null`,
        [sessionId, accountId],
      );
      await this.audit.note({ subject: `account:${accountId}` });
    });
  }
}
