import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Instant, Prose, Text, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Database, row, sha256, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { takeCharge } from '../data/charge.js';
import { Tokens } from '../tokens.js';

/** What is stored with the key; the code itself is worked out again from the id. */
export class ResetIssued {
  @Uuid() readonly resetId!: string;
  @Instant() readonly expiresAt!: string;
}

export class ResetCode extends ResetIssued {
  @Text(29, 29, { description: '只在此处给出，24 小时内使用一次' }) readonly code!: string;
}

export class ResetAsked {
  @Prose(1, 500) readonly reason!: string;
}

/** Give somebody who forgot their password a code to take a new one. */
export class IssuePasswordReset extends Command<ResetIssued> {
  constructor(
    readonly accountId: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(IssuePasswordReset)
export class IssuePasswordResetHandler implements ICommandHandler<IssuePasswordReset> {
  constructor(
    private readonly db: Database,
    private readonly tokens: Tokens,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, reason }: IssuePasswordReset) {
    return this.db.transaction(async (tx) => {
      const agreed = await takeCharge(tx, accountId, 'password');

      const resetId = randomUUID();
      await sql(
        tx,
        `update password_reset set replaced_at = clock_timestamp()
         where account_id = $1 and used_at is null and replaced_at is null`,
        [accountId],
      );
      const issued = await row<{ expiresAt: string }>(
        tx,
        `insert into password_reset (id, account_id, code_digest, issued_by, expires_at)
         values ($1, $2, $3, $4, clock_timestamp() + interval '24 hours') returning expires_at as "expiresAt"`,
        [resetId, accountId, sha256(this.tokens.code('reset', resetId)), actor().accountId ?? null],
      );
      await this.audit.note({ subject: `account:${accountId}`, detail: { resetId, reason, ...agreed } });
      return { resetId, expiresAt: issued?.expiresAt ?? '' };
    });
  }
}
