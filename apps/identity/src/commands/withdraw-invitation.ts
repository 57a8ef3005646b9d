import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Uuid } from '@shuzheng/contracts';
import { Audit, Database, Missing, Refused, row, sql } from '@shuzheng/platform';
import { invitationState, invitationStates, mayBecome } from '../domain/states.js';
import { mustManage } from '../managing.js';

export class InvitationWithdrawal {
  @Uuid() readonly invitationId!: string;
}

/** Take an invitation back that nobody has accepted. */
export class WithdrawInvitation extends Command<InvitationWithdrawal> {
  constructor(
    readonly invitationId: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(WithdrawInvitation)
export class WithdrawInvitationHandler implements ICommandHandler<WithdrawInvitation> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ invitationId, reason }: WithdrawInvitation) {
    return this.db.transaction(async (tx) => {
      const invitation = await row<{ organisationId: string; state: string; expiresAt: string }>(
        tx,
        `select organisation_id as "organisationId", state, expires_at as "expiresAt" from invitation
         where id = $1 for update`,
        [invitationId],
      );
      if (!invitation) throw new Missing();
      mustManage(invitation.organisationId);
      const { state, expiresAt } = invitation;
      const now = invitationState({ state, expiresAt: Date.parse(expiresAt), now: Date.now() });
      if (!mayBecome(invitationStates, now, 'withdrawn')) throw new Refused(['invitation-settled']);

      await sql(
        tx,
        `update invitation set state = 'withdrawn', settled_at = clock_timestamp(), withdrawal_reason = $2 where id = $1`,
        [invitationId, reason],
      );
      await this.audit.note({ subject: `invitation:${invitationId}` });
      return { invitationId };
    });
  }
}
