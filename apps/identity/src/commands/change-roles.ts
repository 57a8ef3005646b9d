import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, Texts, Uuid } from '@shuzheng/contracts';
import { Audit, Database, Missing, refuseIf, requireVersion, row } from '@shuzheng/platform';
import { changeRoles } from '../data/changing-roles.js';
import { grantingFacts, heldBy } from '../data/granting.js';
import { leavingFacts } from '../data/leaving.js';
import { organisationOf } from '../data/organisations.js';
import { roleChoice } from '../data/role-choice.js';
import { reasonsNotToGrant } from '../domain/granting.js';
import { reasonsNotToDrop } from '../domain/withdrawing.js';
import { mustManage } from '../managing.js';
import { Settings } from '../settings.js';

export class RolesReceipt {
  @Uuid() readonly accountId!: string;
  @Uuid() readonly organisationId!: string;
  @Int(1, 1_000_000) readonly version!: number;
  @Int(0, 100_000) readonly sessionsEnded!: number;
}

export class RolesChange {
  @Texts(10, { description: roleChoice }) readonly roles!: string[];
}

/** Let an account hold other roles in an organisation from now on. */
export class ChangeRoles extends Command<RolesReceipt> {
  constructor(
    readonly accountId: string,
    readonly organisationId: string,
    readonly change: RolesChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeRoles)
export class ChangeRolesHandler implements ICommandHandler<ChangeRoles> {
  constructor(
    private readonly db: Database,
    private readonly settings: Settings,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, organisationId, change }: ChangeRoles) {
    mustManage(organisationId);
    const roles = [...new Set(change.roles)];
    return this.db.transaction(async (tx) => {
      const held = await heldBy(tx, accountId);
      const leaving = await leavingFacts(tx, organisationId, accountId);
      const membership = await row<{ version: number }>(
        tx,
        'select version from membership where account_id = $1 and organisation_id = $2 and withdrawn_at is null',
        [accountId, organisationId],
      );
      if (!membership) throw new Missing();
      requireVersion(membership.version);
      const organisation = await organisationOf(tx, organisationId);
      refuseIf([
        ...reasonsNotToGrant(
          await grantingFacts(tx, this.settings, { held, organisation, roles, accountId, replaces: true }),
        ),
        ...reasonsNotToDrop(leaving, roles),
      ]);

      const changed = await changeRoles(tx, accountId, organisation, leaving.leaving, roles);
      await this.audit.note({ subject: `account:${accountId}`, detail: { organisationId, roles } });
      return { accountId, organisationId, ...changed };
    });
  }
}
