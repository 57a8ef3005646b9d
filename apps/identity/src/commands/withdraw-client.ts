import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Instant, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Database, Missing, Refused, row, sql } from '@shuzheng/platform';
import { announceWithdrawal } from '../data/leaving.js';

export class ClientWithdrawal {
  @Uuid() readonly clientId!: string;
  @Instant() readonly withdrawnAt!: string;
}

/** End a program's access for good. */
export class WithdrawClient extends Command<ClientWithdrawal> {
  constructor(
    readonly clientId: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(WithdrawClient)
export class WithdrawClientHandler implements ICommandHandler<WithdrawClient> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ clientId, reason }: WithdrawClient) {
    return this.db.transaction(async (tx) => {
      const client = await row<{ withdrawn: boolean }>(
        tx,
        'select withdrawn_at is not null as withdrawn from client where id = $1 for update',
        [clientId],
      );
      if (!client) throw new Missing();
      if (client.withdrawn) throw new Refused(['already-withdrawn']);

      await sql(
        tx,
        'update client set withdrawn_at = clock_timestamp(), withdrawn_by = $2, withdrawal_reason = $3 where id = $1',
        [clientId, actor().accountId ?? null, reason],
      );
      const withdrawnAt = announceWithdrawal(tx, clientId, null);
      await this.audit.note({ subject: `client:${clientId}` });
      return { clientId, withdrawnAt };
    });
  }
}
