import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Texts, Uuid } from '@shuzheng/contracts';
import { Audit, Database, refuseIf } from '@shuzheng/platform';
import { grantingFacts, heldBy } from '../data/granting.js';
import { grant } from '../data/memberships.js';
import { organisationOf } from '../data/organisations.js';
import { roleChoice } from '../data/role-choice.js';
import { reasonsNotToGrant } from '../domain/granting.js';
import { mustManage } from '../managing.js';
import { Settings } from '../settings.js';

export class MembershipReceipt {
  @Uuid() readonly accountId!: string;
  @Uuid() readonly organisationId!: string;
}

export class NewMembership {
  @Uuid() readonly organisationId!: string;
  @Texts(10, { description: roleChoice }) readonly roles!: string[];
}

/** Let an account act for an organisation. */
export class GrantMembership extends Command<MembershipReceipt> {
  constructor(
    readonly accountId: string,
    readonly membership: NewMembership,
  ) {
    super();
  }
}

@CommandHandler(GrantMembership)
export class GrantMembershipHandler implements ICommandHandler<GrantMembership> {
  constructor(
    private readonly db: Database,
    private readonly settings: Settings,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, membership: { organisationId, roles: asked } }: GrantMembership) {
    mustManage(organisationId);
    const roles = [...new Set(asked)];
    return this.db.transaction(async (tx) => {
      const held = await heldBy(tx, accountId);
      const organisation = await organisationOf(tx, organisationId);
      refuseIf(reasonsNotToGrant(await grantingFacts(tx, this.settings, { held, organisation, roles, accountId })));

      await grant(tx, accountId, organisation, roles);
      await this.audit.note({ subject: `account:${accountId}`, detail: { organisationId, roles } });
      return { accountId, organisationId };
    });
  }
}
