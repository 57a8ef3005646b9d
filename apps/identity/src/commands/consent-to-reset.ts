import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Instant, OneOf, Prose, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Database, Missing, refuseIf, row, rows } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { reasonsNotToConsent, type Reset, resets } from '../domain/granting.js';

export class ConsentReceipt {
  @Uuid() readonly consentId!: string;
  @Instant() readonly expiresAt!: string;
}

export class ConsentGiven {
  @OneOf(resets, { description: '同意重设什么：密码、动态口令、统一身份认证的关联' }) readonly what!: Reset;
  @Prose(1, 500) readonly reason!: string;
}

/** Agree, as the second administrator, that the sign-in of an administrator is reset. */
export class ConsentToReset extends Command<ConsentReceipt> {
  constructor(
    readonly accountId: string,
    readonly consent: ConsentGiven,
  ) {
    super();
  }
}

@CommandHandler(ConsentToReset)
export class ConsentToResetHandler implements ICommandHandler<ConsentToReset> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, consent: { what, reason } }: ConsentToReset) {
    const { accountId: me = '' } = actor();
    return this.db.transaction(async (tx) => {
      const account = await row(tx, 'select 1 as one from account where id = $1 and withdrawn_at is null for update', [
        accountId,
      ]);
      if (!account) throw new Missing();
      const held = await rows<{ roles: string[] }>(
        tx,
        'select roles from membership where account_id = $1 and withdrawn_at is null',
        [accountId],
      );
      refuseIf(reasonsNotToConsent({ own: accountId === me, roles: held.flatMap(({ roles }) => roles) }));

      const consentId = randomUUID();
      const given = await row<{ expiresAt: string }>(
        tx,
        `insert into reset_consent (id, account_id, what, reason, consented_by, expires_at)
         values ($1, $2, $3, $4, $5, clock_timestamp() + interval '24 hours') returning expires_at as "expiresAt"`,
        [consentId, accountId, what, reason, me],
      );
      await this.audit.note({ subject: `account:${accountId}`, detail: { consentId, what, reason } });
      return { consentId, expiresAt: given?.expiresAt ?? '' };
    });
  }
}
