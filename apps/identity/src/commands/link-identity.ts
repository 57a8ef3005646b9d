import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Prose, Text, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Database, Missing, Refused, row } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { chargeOf, takeCharge } from '../data/charge.js';

export class IdentityLinked {
  @Uuid() readonly accountId!: string;
}

export class SubjectToLink {
  @Text(1, 255, { description: '该人员在统一身份认证中的标识（sub）' }) readonly subject!: string;
}

export class LinkRemoval {
  @Prose(1, 500) readonly reason!: string;
}

/** Let an account sign in through the provider: linked by its owner, or by whoever looks after it; never by an e-mail address. */
export class LinkIdentity extends Command<IdentityLinked> {
  constructor(
    readonly accountId: string,
    readonly identity: { readonly issuer: string; readonly digest: string },
    readonly by: 'owner' | 'manager',
  ) {
    super();
  }
}

@CommandHandler(LinkIdentity)
export class LinkIdentityHandler implements ICommandHandler<LinkIdentity> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, identity: { issuer, digest }, by }: LinkIdentity) {
    return this.db.transaction(async (tx) => {
      const agreed = by === 'manager' ? await takeCharge(tx, accountId, 'external-identity') : {};
      const account = await row(tx, 'select 1 as one from account where id = $1 and withdrawn_at is null for update', [
        accountId,
      ]);
      if (!account) throw new Missing();
      const linked = await row(
        tx,
        `insert into external_identity (id, account_id, issuer, subject_digest, linked_by) values ($1, $2, $3, $4, $5)
         on conflict do nothing returning 1 as one`,
        [randomUUID(), accountId, issuer, digest, actor().accountId ?? null],
      );
      if (!linked) throw new Refused(['identity-linked']);
      await this.audit.note({ subject: `account:${accountId}`, detail: { by, ...agreed } });
      return { accountId };
    });
  }
}

/** Let an account sign in through the provider no more. */
export class UnlinkIdentity extends Command<IdentityLinked> {
  constructor(
    readonly accountId: string,
    readonly by: 'owner' | 'manager',
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(UnlinkIdentity)
export class UnlinkIdentityHandler implements ICommandHandler<UnlinkIdentity> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, by, reason }: UnlinkIdentity) {
    return this.db.transaction(async (tx) => {
      if (by === 'manager') await chargeOf(tx, accountId);
      const ended = await row(
        tx,
        `update external_identity set ended_at = clock_timestamp(), ended_by = $2
         where account_id = $1 and ended_at is null returning 1 as one`,
        [accountId, actor().accountId ?? null],
      );
      if (!ended) throw new Refused(['identity-absent']);
      await this.audit.note({ subject: `account:${accountId}`, detail: { by, reason } });
      return { accountId };
    });
  }
}
