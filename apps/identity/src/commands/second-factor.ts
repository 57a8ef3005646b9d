import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, Prose, Text, Texts, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Database, Missing, Refused, refuseIf, row, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { takeCharge } from '../data/charge.js';
import { endSessions } from '../data/sessions.js';
import { needsSecondFactor } from '../domain/second-factor.js';
import { SecondFactors } from '../second-factors.js';
import { Settings } from '../settings.js';

export class SecondFactorOffer {
  @Text(1, 400, { description: '供身份验证器扫描的 otpauth 地址；只在此处给出' }) readonly uri!: string;
}

export class SecondFactorCode {
  @Text(6, 40, { description: '身份验证器上的 6 位动态口令，或一个恢复码' }) readonly code!: string;
}

export class RecoveryCodes {
  @Texts(10, { description: '设备丢失时各用一次；只在此处给出' }) readonly recoveryCodes!: string[];
}

/** Begin to use one-time passwords; answers the login name that labels them. */
export class EnrollSecondFactor extends Command<string> {
  constructor(readonly secret: string) {
    super();
  }
}

@CommandHandler(EnrollSecondFactor)
export class EnrollSecondFactorHandler implements ICommandHandler<EnrollSecondFactor> {
  constructor(
    private readonly db: Database,
    private readonly factors: SecondFactors,
    private readonly audit: Audit,
  ) {}

  execute({ secret }: EnrollSecondFactor) {
    const { accountId = '' } = actor();
    return this.db.transaction(async (tx) => {
      const account = await row<{ loginName: string }>(
        tx,
        'select login_name as "loginName" from account where id = $1 and withdrawn_at is null for update',
        [accountId],
      );
      if (!account) throw new Missing();
      const stored = await row(
        tx,
        `insert into second_factor (account_id, secret_sealed) values ($1, $2)
         on conflict (account_id) do update set secret_sealed = excluded.secret_sealed, last_step = null,
           enrolled_at = clock_timestamp()
         where second_factor.confirmed_at is null returning 1 as one`,
        [accountId, this.factors.sealed(accountId, secret)],
      );
      if (!stored) throw new Refused(['second-factor-exists']);
      await this.audit.note({ subject: `account:${accountId}` });
      return account.loginName;
    });
  }
}

/** Show that the authenticator works; from here on signing in asks for its code. */
export class ConfirmSecondFactor extends Command<void> {
  constructor(
    readonly code: string,
    readonly recoveryCodes: readonly string[],
  ) {
    super();
  }
}

@CommandHandler(ConfirmSecondFactor)
export class ConfirmSecondFactorHandler implements ICommandHandler<ConfirmSecondFactor> {
  constructor(
    private readonly db: Database,
    private readonly factors: SecondFactors,
    private readonly audit: Audit,
  ) {}

  execute({ code, recoveryCodes }: ConfirmSecondFactor) {
    const { accountId = '' } = actor();
    return this.db.transaction(async (tx) => {
      const factor = await this.factors.of(tx, accountId);
      if (!factor) throw new Refused(['second-factor-absent']);
      if (factor.confirmed) throw new Refused(['second-factor-exists']);
      if (!(await this.factors.spend(tx, accountId, factor, code))) throw new Refused(['second-factor-wrong']);

      await sql(tx, 'update second_factor set confirmed_at = clock_timestamp() where account_id = $1', [accountId]);
      await this.factors.keepRecoveryCodes(tx, accountId, recoveryCodes);
      await this.audit.note({ subject: `account:${accountId}` });
    });
  }
}

/** Stop to use one-time passwords, where one's roles allow that. */
export class RemoveSecondFactor extends Command<void> {
  constructor(readonly code: string) {
    super();
  }
}

@CommandHandler(RemoveSecondFactor)
export class RemoveSecondFactorHandler implements ICommandHandler<RemoveSecondFactor> {
  constructor(
    private readonly db: Database,
    private readonly factors: SecondFactors,
    private readonly settings: Settings,
    private readonly audit: Audit,
  ) {}

  execute({ code }: RemoveSecondFactor) {
    const { accountId = '' } = actor();
    return this.db.transaction(async (tx) => {
      const factor = await this.factors.of(tx, accountId);
      if (!factor?.confirmed) throw new Refused(['second-factor-absent']);
      refuseIf([
        ...((await this.isRequired(tx, accountId)) ? ['second-factor-required'] : []),
        ...((await this.factors.spend(tx, accountId, factor, code)) ? [] : ['second-factor-wrong']),
      ]);
      await sql(tx, 'delete from second_factor where account_id = $1', [accountId]);
      await this.audit.note({ subject: `account:${accountId}` });
    });
  }

  private async isRequired(tx: EntityManager, accountId: string) {
    if (!(await this.settings.isOn(tx, 'second-factor-required'))) return false;
    const held = await rows<{ roles: string[] }>(
      tx,
      'select roles from membership where account_id = $1 and withdrawn_at is null',
      [accountId],
    );
    return held.some(({ roles }) => needsSecondFactor(roles));
  }
}

export class SecondFactorReset {
  @Uuid() readonly accountId!: string;
  @Int(0, 100_000) readonly sessionsEnded!: number;
}

export class ResetReason {
  @Prose(1, 500) readonly reason!: string;
}

/** Take the second factor of somebody who has lost it; they are signed out everywhere. */
export class ResetSecondFactor extends Command<SecondFactorReset> {
  constructor(
    readonly accountId: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(ResetSecondFactor)
export class ResetSecondFactorHandler implements ICommandHandler<ResetSecondFactor> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, reason }: ResetSecondFactor) {
    return this.db.transaction(async (tx) => {
      const agreed = await takeCharge(tx, accountId, 'second-factor');
      const removed = await row(tx, 'delete from second_factor where account_id = $1 returning 1 as one', [accountId]);
      if (!removed) throw new Refused(['second-factor-absent']);
      const sessionsEnded = await endSessions(tx, accountId, 'second-factor-reset');
      await this.audit.note({ subject: `account:${accountId}`, detail: { sessionsEnded, reason, ...agreed } });
      return { accountId, sessionsEnded };
    });
  }
}
